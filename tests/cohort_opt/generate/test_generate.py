"""Generated regions: the promised sizes, every rule in use, nothing that splits at B, and the same bytes for the same seed."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from cohort_opt.generate import generate, generate_json
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.instance import Instance

PROMISED = {"A": (20, 30, 46), "B": (95, 180, 230), "L": (2_000, 3_800, 7_000)}


@pytest.mark.parametrize("size", PROMISED)
@pytest.mark.parametrize("seed", [1, 2, 20_261_014])
def test_a_region_has_the_promised_companies_lines_and_trainees(size, seed):
    instance = generate(size, seed)
    found = (len(instance.companies), len(instance.demands), sum(demand.count for demand in instance.demands))
    assert found == PROMISED[size]


@pytest.mark.parametrize("size", PROMISED)
@pytest.mark.parametrize("seed", range(1, 6))
def test_every_region_shows_every_rule_of_a_line(size, seed):
    instance = generate(size, seed)
    assert any(demand.together for demand in instance.demands)
    assert any(demand.min_part > 1 for demand in instance.demands)
    assert any(demand.max_seat_price_cents is not None for demand in instance.demands)
    assert any(company.max_away_per_day is not None for company in instance.companies)
    assert all(company.closed for company in instance.companies) or size == "A"
    assert any(company.closed for company in instance.companies)
    assert all(demand.outside.own_course_fixed_cents is not None for demand in instance.demands)
    assert any(demand.outside.list_price_cents is not None for demand in instance.demands)
    assert any(pool.absences for pool in (*instance.rooms, *instance.instructors))


def test_the_whole_country_is_twenty_thousand_companies():
    instance = generate("XL", 1)
    assert len(instance.companies) == 20_000
    assert sum(demand.count for demand in instance.demands) == 100_000
    assert all(50.7 < c.latitude < 53.6 and 3.3 < c.longitude < 7.3 for c in instance.companies)
    assert instance.companies[122].name == "Company 00123"


def test_public_holidays_and_closures_of_the_year_are_closed():
    closed = {(period.first.isoformat(), period.name) for period in generate("B", 1).calendar.closed}
    # Easter Monday 2027 is 29 March (Easter Sunday 28 March); King's Day is 27 April; Ascension 39 days after Easter Sunday.
    assert {("2027-03-29", "Easter Monday"), ("2027-04-27", "King's Day"), ("2027-05-06", "Ascension Day")} <= closed
    assert {("2027-07-26", "academy summer closure"), ("2027-12-20", "academy Christmas closure")} <= closed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_region_of_size_b_does_not_split_by_trade(seed):
    instance = generate("B", seed)
    trades_by_room: dict[str, set[str]] = {}
    family = {course.id: course.trade for course in instance.courses}
    for offering in instance.offerings:
        trades_by_room.setdefault(offering.room, set()).add(family[offering.course])
    shared = [trades for trades in trades_by_room.values() if len(trades) > 1]
    assert len(set().union(*shared)) == len(set(family.values()))
    assert _largest_part(instance) == 1.0


def _largest_part(instance: Instance) -> float:
    """Return the share of the usable runs that hang together through lines, rooms and instructors."""
    problem = find_candidates(instance).problem
    parent = list(range(problem.num_groups + problem.num_runs))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for group, run in zip(problem.arc_group.tolist(), problem.arc_run.tolist(), strict=True):
        parent[root(group)] = root(problem.num_groups + run)
    used = sorted(set(problem.arc_run.tolist()))
    for i in range(len(problem.capacity)):
        runs = [run for run in problem.capacity.row(i)[0].tolist() if run in set(used)]
        for run in runs[1:]:
            parent[root(problem.num_groups + runs[0])] = root(problem.num_groups + run)
    roots = [root(problem.num_groups + run) for run in used]
    return max(roots.count(r) for r in set(roots)) / len(roots)


def test_the_written_file_says_the_same_as_the_instance():
    assert Instance(**json.loads(generate_json("B", 4))) == generate("B", 4)


def test_another_seed_gives_another_region():
    assert generate("A", 1) != generate("A", 2)


def test_an_unknown_size_is_refused_with_the_sizes_there_are():
    with pytest.raises(ValueError, match="'C': it must be one of A, B, L, XL"):
        generate("C", 1)


@pytest.mark.parametrize("size", ["A", "B"])
def test_the_same_seed_gives_the_same_bytes_in_another_process(size):
    program = f"from cohort_opt.generate import generate_json as g; import sys; sys.stdout.buffer.write(g({size!r}, 7).encode())"
    digests = set()
    for hash_seed, language in (("0", "C"), ("12345", "nl_NL.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "LANG": language, "LANGUAGE": language[:2], "TZ": "Asia/Tokyo"}
        found = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        digests.add(hashlib.sha256(found.stdout).hexdigest())
    assert digests == {hashlib.sha256(generate_json(size, 7).encode()).hexdigest()}

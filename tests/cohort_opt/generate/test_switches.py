"""Every rule can be switched on in a generated region, alone and among all others, and a plan exists."""

import hashlib
import os
import subprocess
import sys

import pytest

from cohort_opt.generate import ALL_RULES, generate, generate_json
from cohort_opt.generate.draft import Draft
from cohort_opt.generate.switches import SWITCHES
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.instance import Instance
from cohort_opt.verification.rules import RULES

USUAL = generate("B", 1)
ALREADY = {name for name, rule in RULES.items() if rule.applies(USUAL)}
"""Rules that every region has by itself."""

ADDS_TO = {
    "over_booking": lambda i: any(course.show_percent < 100 for course in i.courses),
    "mixed": lambda i: (
        any(p.kind == "mixed" for course in i.courses for p in course.patterns)
        and any("mixed" in line.patterns for line in i.demands)
    ),
    "half_days": lambda i: any(p.part != "day" for course in i.courses for p in course.patterns),
    "off_target": lambda i: any(course.off_target_cents for course in i.courses),
    "qualification": lambda i: any(course.crebo for course in i.courses) and any(course.certificate_only for course in i.courses),
    "instructor_alternatives": lambda i: any(offering.instructor_alternatives for offering in i.offerings),
    "hired_room": lambda i: (
        any(room.hire_cents_per_half_day for room in i.rooms) and any(pool.travel_cents_per_km for pool in i.instructors)
    ),
    "starters": lambda i: bool(i.starter_tests),
    "areas": lambda i: any(line.area for line in i.demands),
}
"""What the switches do that belong to no rule of the judge by name."""


def test_every_rule_of_the_judge_can_be_switched_on():
    assert set(RULES) - ALREADY <= set(SWITCHES)
    assert set(SWITCHES) - set(RULES) == set(ADDS_TO)


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_region_with_all_rules_needs_every_judge(seed):
    region = generate("B", seed, ALL_RULES)
    assert [name for name, rule in RULES.items() if not rule.applies(region)] == []
    assert [name for name, used in ADDS_TO.items() if not used(region)] == []
    assert (len(region.companies), len(region.demands), sum(line.count for line in region.demands)) == (95, 180, 230)


@pytest.mark.parametrize("name", sorted(SWITCHES))
def test_a_rule_can_be_switched_on_alone(name):
    region = generate("B", 2, (name,))
    if name in RULES:
        assert RULES[name].applies(region)
        others = {other for other, rule in RULES.items() if rule.applies(region)} - {name}
        # A price is agreed for a seat that is agreed.
        assert others <= {*ALREADY, "instructor_qualification", *({"commitments"} if name == "agreed_price" else ())}
    else:
        assert ADDS_TO[name](region)
    assert find_candidates(region).problem.num_runs > 50


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_agreed_and_pinned_classes_can_be_held_whatever_else_is_switched_on(seed):
    region = generate("B", seed, ALL_RULES)
    found = find_candidates(region).problem  # refuses a pin or a frozen seat that another rule forbids
    quiet = Draft.of(generate("B", seed)).quiet
    pinned = {(row.run, row.demand) for row in (*region.pins, *region.commitments)}
    assert {region_course(region, line) for _, line in pinned} & quiet
    assert (found.run_pinned > 0).sum() == 2  # one frozen class, one pinned class


def region_course(region: Instance, line: str) -> str:
    """Return the course that a line asks for."""
    return next(demand.course for demand in region.demands if demand.id == line)


def test_what_was_there_before_stays():
    region = generate("B", 1, ("apart",))
    assert region.model_copy(update={"apart": (), "name": USUAL.name}) == USUAL


def test_an_unknown_rule_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"rule 'luck' cannot be switched on: name some of .*apart"):
        generate("B", 1, ("luck",))


def test_all_rules_give_the_same_bytes_in_another_process():
    program = (
        "from cohort_opt.generate import ALL_RULES, generate_json as g; import sys;"
        "sys.stdout.buffer.write(g('B', 7, ALL_RULES).encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LANG": "nl_NL.UTF-8", "TZ": "Asia/Tokyo"}
    found = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert hashlib.sha256(found.stdout).hexdigest() == hashlib.sha256(generate_json("B", 7, ALL_RULES).encode()).hexdigest()

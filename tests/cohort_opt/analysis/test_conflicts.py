"""Conflicts: each is impossible alone and possible without any of its members; brute force says the same."""

import random

import pytest

from cohort_opt.analysis.conflicts import find_conflicts
from cohort_opt.errors import InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Commitment, InstanceRecords, Pin
from cohort_opt.solver.params import SolveParams
from tests.builders import RUN, day, demand, gap_number, make_instance, offering, two_companies_one_class
from tests.properties.brute_force import best_plan, possible_runs
from tests.properties.random_instances import random_fields

PARAMS = SolveParams(deterministic_limit=20)
RUN_2 = "drilling-academy/2027-03-08/block5"
PROMISED_CENTS = 1_000_000_000


def said(instance, conflict):
    return [member.said(instance).sentence for member in conflict.members]


def test_what_can_be_kept_together_has_no_conflict():
    answer = find_conflicts(two_companies_one_class(), PARAMS, ["acme-drilling", "bolt-drilling"])
    assert (answer.fixed, answer.conflicts, answer.is_complete) == (2, (), True)


def test_fourteen_who_are_all_promised_a_seat_cannot_have_one():
    # 14 do not fit into classes of 8 to 12, but each of the two lines could wait for the other.
    instance = gap_number()
    lines = [line.id for line in instance.demands]
    conflict = find_conflicts(instance, PARAMS, lines).conflicts[0]
    assert conflict.checked
    assert len(conflict.members) == len(lines)
    assert [rule.facts["concern"] for rule in conflict.rules] == ["class_size"]


def test_two_pins_that_need_two_classes_clash_where_only_one_can_be_filled():
    # 9 + 5 = 14: two classes would need 16.
    instance = make_instance(
        demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=5)],
        offerings=[offering(last_start=day(weeks=1))],
        pins=[Pin(demand="acme-drilling", run=RUN, count=9), Pin(demand="bolt-drilling", run=RUN_2, count=1)],
    )
    answer = find_conflicts(instance, PARAMS)
    assert [said(instance, conflict) for conflict in answer.conflicts] == [
        [f"9 of acme-drilling are pinned to {RUN}", f"1 of bolt-drilling are pinned to {RUN_2}"]
    ]
    assert answer.conflicts[0].checked
    assert answer.is_complete


def test_a_pin_that_a_rule_forbids_is_a_conflict_of_its_own_and_says_which_rule():
    # Acme is 10 km away and travels 5: nothing else matters.
    instance = make_instance(
        demands=[demand("acme-drilling", count=9, max_travel_km=5), demand("bolt-drilling", count=9)],
        pins=[Pin(demand="acme-drilling", run=RUN, count=1), Pin(demand="bolt-drilling", run=RUN, count=8)],
    )
    conflict = find_conflicts(instance, PARAMS).conflicts[0]
    assert [member.demand for member in conflict.members] == ["acme-drilling"]
    assert conflict.rules[0].sentence == f"acme-drilling may not attend {RUN}: distance"
    assert conflict.checked


def test_a_seat_in_a_class_that_has_started_can_clash_with_a_promise():
    # Bolt's 5 sit in week 0 for good and need 3 of acme; acme's 8 are all promised a seat: 13 is a gap number.
    instance = make_instance(
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=5)],
        offerings=[offering(last_start=day(weeks=1))],
        commitments=[Commitment(demand="bolt-drilling", run=RUN, start=day(), count=5, state="started")],
    )
    conflict = find_conflicts(instance, PARAMS, ["acme-drilling"]).conflicts[0]
    assert said(instance, conflict) == [
        f"5 of bolt-drilling have a seat in {RUN} that is frozen", "all 8 of acme-drilling are promised a seat",
    ]  # fmt: skip


def test_a_promise_to_nobody_is_refused():
    with pytest.raises(InstanceError, match="unknown-line"):
        find_conflicts(two_companies_one_class(), PARAMS, ["nobody"])


CASES = 250


@pytest.mark.campaign
def test_brute_force_confirms_that_each_conflict_is_one_and_that_no_member_can_be_left_out(campaign):
    found = 0
    for seed in range(CASES * campaign):
        fixed = _with_more_pins(seed)
        if fixed is None:
            continue
        instance, promised = fixed
        answer = find_conflicts(instance, PARAMS, promised)
        everything = [*instance.pins, *promised]
        assert bool(answer.conflicts) == (not _can_keep(instance, everything)), f"seed {seed}"
        for conflict in answer.conflicts:
            assert conflict.checked, f"seed {seed}"
            members = [member.pin or member.demand for member in conflict.members]
            assert not _can_keep(instance, members), f"seed {seed}: {members} can be kept"
            for left_out in members:
                assert _can_keep(instance, [m for m in members if m is not left_out]), f"seed {seed}: {left_out} is not needed"
            found += 1
        gone = {member for conflict in answer.conflicts for member in conflict.members}
        kept = [pin for pin in instance.pins if pin not in {m.pin for m in gone}]
        still = [line for line in promised if line not in {m.demand for m in gone if m.pin is None}]
        assert answer.is_complete == _can_keep(instance, [*kept, *still]), f"seed {seed}"
    assert found > CASES // 10


def _with_more_pins(seed):
    """Return a random small instance with random pins and promises, `None` where they can be seen to be wrong."""
    rng = random.Random(f"pins {seed}")
    fields = random_fields(seed, trade=False, coupling=0.0)
    runs = list(possible_runs(InstanceRecords(**fields)))
    if not runs or not fields["demands"]:
        return None
    pins = {}
    for _ in range(rng.randint(0, 3)):
        line, run = rng.choice(fields["demands"]), rng.choice(runs)
        if line["course"] == run.course.id:
            pins[line["id"], run.id] = rng.randint(1, line["count"])
    fields["pins"] = [{"demand": line, "run": run, "count": count} for (line, run), count in sorted(pins.items())]
    promised = sorted(line["id"] for line in fields["demands"] if rng.random() < 0.4)
    try:
        return Instance(**fields), promised
    except InstanceError:
        return None


def _can_keep(instance, members):
    """Return whether some plan keeps these pins and promises, by trying everything."""
    promised = {member for member in members if isinstance(member, str)}
    pins = [member.model_dump(mode="json") for member in members if not isinstance(member, str)]
    document = instance.model_dump(mode="json") | {"pins": pins}
    for line in document["demands"]:
        if line["id"] in promised:
            line["unplaced_cents"] = PROMISED_CENTS
    best = best_plan(InstanceRecords(**document))
    return best is not None and not promised & best.unplaced.keys()

"""The lines of one company are judged in a held base exactly as in the whole instance, and what no class can seat is told."""

from inspect import getsource

import pytest

from cohort_opt import HeldBase, InstanceError, instance_from_dict
from cohort_opt.problem.checks import CHECKS, LINE_CHECKS
from tests.builders import make_instance


@pytest.fixture
def base():
    return {**make_instance().model_dump(mode="json"), "demands": []}


@pytest.fixture
def line():
    row = make_instance().model_dump(mode="json")["demands"][0]
    return lambda **changes: {**row, "id": "acme.drilling", **changes}


def codes(call):
    with pytest.raises(InstanceError) as refused:
        call()
    return sorted((problem.code, problem.pointer) for problem in refused.value.problems)


@pytest.mark.parametrize(
    "changes",
    [{"course": "knitting"}, {"count": 0}, {"earliest_start": "2027-06-01", "latest_start": "2027-03-01"}, {"area": "3011"},
     {"min_part": 6}, {"together": True, "min_part": 2}, {"earliest_start": "2030-01-01", "latest_start": "2030-02-01"},
     {"outside": {"own_course_fixed_cents": 1}}, {"after": "nothing"}],
    ids=str,
)  # fmt: skip
def test_a_line_is_refused_as_the_whole_instance_would(base, line, changes):
    held = HeldBase(instance_from_dict(base))
    alone = codes(lambda: held.check("acme", [line(**changes)]))
    assert alone == codes(lambda: instance_from_dict({**base, "demands": [line(**changes)]}))


def test_a_sound_line_is_accepted_and_has_no_doubt(base, line):
    held = HeldBase(instance_from_dict(base))
    (checked,) = held.check("acme", [line()])
    assert (checked.id, held.doubts([checked])) == ("acme.drilling", [])


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"max_travel_km": 1}, "travel_limit"),
        ({"weekdays": ["wed"]}, "weekdays"),
        ({"max_seat_price_cents": 97_666}, "price_cap"),
    ],
)
def test_a_line_that_no_class_can_seat_is_told_with_its_rule(base, line, changes, rule):
    held = HeldBase(instance_from_dict(base))
    (doubt,) = held.doubts(held.check("acme", [line(**changes)]))
    assert (doubt.line, doubt.code) == (0, rule)


def test_a_check_that_is_left_out_for_lines_finds_nothing_at_a_line():
    """A new check that looks at demand lines belongs to those that a held base asks, or compares with rows that it never has."""
    of_whole_instances = {"_given_once", "_numeric_range", "_pairs", "_frozen", "_uses", "pinned_lines"}
    looking = {check.__name__ for check, _ in CHECKS if "demands" in getsource(check)}
    assert looking - of_whole_instances == {check.__name__ for check in LINE_CHECKS}


def test_a_line_may_name_every_site_of_the_base_as_its_buffer(base, line):
    elsewhere = {**base["sites"][0], "id": "nobody-teaches-here"}
    held = HeldBase(instance_from_dict({**base, "sites": [*base["sites"], elsewhere]}))
    assert held.check("acme", [line(buffer_site="nobody-teaches-here")])[0].buffer_site == "nobody-teaches-here"


def test_a_cost_that_no_float_holds_is_refused_with_the_lines_as_in_the_whole_instance(base, line):
    # 500 lines * 500 trainees * 61 * 10^9 cents of support = 1.5 * 10^16, above 2^53 = 9.0 * 10^15
    lines = [line(id=f"acme.{i}", count=500, support_cents_per_day=10**9, support_cents_once=10**9) for i in range(500)]
    held = HeldBase(instance_from_dict(base))
    alone = codes(lambda: held.check("acme", lines))
    assert alone == codes(lambda: instance_from_dict({**base, "demands": lines})) == [("numeric-range", "/prices")]

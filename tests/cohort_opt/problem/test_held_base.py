"""The lines of one company are judged in a held base exactly as in the whole instance, and what no class can seat is told."""

import pytest

from cohort_opt import HeldBase, InstanceError, instance_from_dict
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

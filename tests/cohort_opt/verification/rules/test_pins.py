"""Pins: at least the pinned number of the line sits in the run."""

import pytest

from cohort_opt.problem.records import Pin
from cohort_opt.verification.rules import pins
from tests.builders import RUN, course, day, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("pins",)


def _pinned(count, run=RUN, **changes):
    return make_instance(pins=[Pin(demand="acme-drilling", run=run, count=count)], **changes)


@pytest.mark.parametrize(("count", "expected"), [(3, ()), (4, ()), (5, RULE)])
def test_four_of_acme_sit_in_the_run(count, expected):
    four = planned({"acme-drilling": 4, "bolt-drilling": 4})
    assert broken(_pinned(count), four, without={"acme-drilling": 1}) == expected


def test_a_pin_counts_over_the_parallel_classes_of_its_run():
    instance = _pinned(
        10,
        rooms=[room(count=2)], instructors=[instructor(count=2)], offerings=[offering(max_parallel=2)],
        courses=[course(min_seats=5)], demands=[demand("acme-drilling", count=10)],
    )  # fmt: skip
    halves = planned({"acme-drilling": 5}), planned({"acme-drilling": 5}, number=2)
    assert broken(instance, *halves) == ()


def test_a_pin_on_a_run_that_stays_closed_is_broken():
    assert broken(_pinned(1), without={"acme-drilling": 5, "bolt-drilling": 4}) == RULE


def test_a_pin_on_another_run_is_not_met_by_this_one():
    other = "drilling-academy/2027-03-08/block5"
    instance = _pinned(1, run=other, offerings=[offering(last_start=day(weeks=1))])
    assert broken(instance, planned()) == RULE
    assert message(instance, planned()) == (
        f"Pin[acme-drilling, {other}]: 0 trainees of the line sit in the run, 1 are pinned there"
    )


def test_each_pin_is_looked_at():
    assert checked("pins", _pinned(1), planned()) == 1


def test_it_applies_where_something_is_pinned():
    assert pins.applies(_pinned(1))
    assert not pins.applies(make_instance())

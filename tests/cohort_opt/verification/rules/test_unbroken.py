"""Unbroken: no closed day lies inside a block that must not be interrupted."""

import pytest

from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.records import DatePeriod
from cohort_opt.verification.rules import unbroken
from tests.builders import block, calendar, course, day, make_instance, unbroken_block
from tests.cohort_opt.verification.plans import broken, checked, message, planned

DATES = (day(), day(days=1), day(days=2), day(days=4), day(weeks=1))
"""Monday to Friday without the Thursday, and the Monday after: what is left of a block of five around a closed Thursday."""


def _closed(first, pattern):
    closed = (DatePeriod(first=first, last=first, name="fair"),)
    return make_instance(courses=[course(patterns=(pattern,))], calendar=calendar(closed=closed))


@pytest.mark.parametrize(("pattern", "expected"), [(block(5), ()), (unbroken_block(5), ("unbroken",))])
def test_a_closed_thursday_interrupts_the_block(pattern, expected):
    assert broken(_closed(day(days=3), pattern), planned(dates=DATES)) == expected


@pytest.mark.parametrize(("first", "possible"), [(day(days=3), False), (day(days=4), False), (day(days=5), True), (day(1), True)])
def test_only_a_closed_working_day_inside_the_block_forbids_the_run(first, possible):
    # Thursday, Friday (the fifth day would be the next Monday), Saturday, and the Monday after the last day.
    found = find_candidates(_closed(first, unbroken_block(5)))
    assert bool(found.runs) == possible
    assert [r.rule for r in found.rejected] == [] if possible else ["unbroken"]
    assert find_candidates(_closed(first, block(5))).runs


def test_a_weekend_does_not_interrupt_a_block():
    instance = make_instance(courses=[course(patterns=(unbroken_block(6),))])
    dates = (*(day(days=i) for i in range(5)), day(weeks=1))
    assert broken(instance, planned(pattern="block6", dates=dates)) == ()
    assert checked("unbroken", instance, planned(pattern="block6", dates=dates)) == 1


def test_of_two_blocks_of_a_length_the_one_that_may_be_broken_stays():
    assert course(patterns=(unbroken_block(5), block(5))).patterns == course(patterns=(block(5), unbroken_block(5))).patterns
    assert course(patterns=(unbroken_block(5), block(5))).patterns == (block(5),)


def test_the_message_names_the_missing_day():
    assert message(_closed(day(days=3), unbroken_block(5)), planned(dates=DATES)) == (
        "Class[drilling-academy/2027-03-01/block5#1]: no class on 2027-03-04 interrupts a block that must be unbroken"
    )


def test_it_applies_where_a_block_is_unbroken():
    assert unbroken.applies(make_instance(courses=[course(patterns=(unbroken_block(5),))]))
    assert not unbroken.applies(make_instance())

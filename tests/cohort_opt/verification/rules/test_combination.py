"""Combination classes: lines of other courses sit in a class, each course at most so many."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.records import CombinedCourse
from cohort_opt.verification.rules import combination
from tests.builders import course, demand, make_instance, offering
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("combination",)


def _combined(most=4, own=None):
    """Return acme's five drillers and bolt's four sawyers; only drilling is offered, and takes sawyers in."""
    return make_instance(
        courses=[course("drilling"), course("sawing")],
        offerings=[offering(combines=(CombinedCourse(course="sawing", max_seats=most),), own_max_seats=own)],
        demands=[demand("acme-drilling"), demand("bolt-sawing", course_id="sawing", count=4)],
    )


def _both():
    return planned({"acme-drilling": 5, "bolt-sawing": 4})


@pytest.mark.parametrize(("most", "expected"), [(4, ()), (3, RULE)])
def test_no_more_of_the_other_course_than_the_offering_takes(most, expected):
    assert broken(_combined(most), _both()) == expected


@pytest.mark.parametrize(("own", "expected"), [(5, ()), (4, RULE)])
def test_its_own_course_may_be_limited_too(own, expected):
    assert broken(_combined(own=own), _both()) == expected


def test_a_course_that_is_not_combined_stays_out():
    instance = make_instance(
        courses=[course("drilling"), course("sawing")],
        offerings=[offering(), offering("sawing-academy", course="sawing")],
        demands=[demand("acme-drilling"), demand("bolt-sawing", course_id="sawing", count=4)],
    )
    assert broken(instance, _both()) == ("one_seat_per_trainee",)


def test_two_courses_fill_one_class_together():
    # Nine in one class: 950,000 + 9 x 18,500 + journeys 10,000 + 16,000, as if all asked for the same course.
    assert propose(_combined()).objective_cents == 1_142_500
    # With three sawyers at most, eight sit and one waits: 950,000 + 8 x 18,500 + 10,000 + 12,000 + 1,000,000.
    assert propose(_combined(3)).objective_cents == 2_120_000


def test_the_message_names_class_course_and_limit():
    assert message(_combined(3), _both()).endswith("4 trainees of Course[sawing], Offering[drilling-academy] takes 3")


def test_it_applies_to_offerings_with_a_limit():
    assert combination.applies(_combined())
    assert not combination.applies(make_instance())
    assert checked("combination", _combined(own=5), _both()) == 2

"""Instructor hours: a pool teaches no more days of one week than its instructors may."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.verification.rules import instructor_hours
from tests.builders import course, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("instructor_hours",)


def _crew(most, count=1):
    return make_instance(instructors=[instructor(count=count, max_days_per_week=most)])


@pytest.mark.parametrize(("most", "expected"), [(5, ()), (4, RULE)])
def test_five_days_of_one_instructor(most, expected):
    assert broken(_crew(most), planned()) == expected


def test_two_instructors_share_the_days():
    assert broken(_crew(3, count=2), planned()) == ()
    assert broken(_crew(2, count=2), planned()) == RULE
    assert checked("instructor_hours", _crew(3, count=2), planned()) == 1


def test_one_class_that_takes_too_many_days_is_no_candidate():
    (rejection,) = find_candidates(_crew(4)).rejected
    assert (rejection.rule, rejection.facts) == (
        "instructor_hours", {"pool": "crew", "week_of": "2027-03-01", "class_days": 5, "max_days": 4}
    )  # fmt: skip


def _two_courses(most):
    return make_instance(
        courses=[course("drilling"), course("sawing")],
        rooms=[room(count=2)],
        instructors=[instructor(count=2, max_days_per_week=most)],
        offerings=[offering(), offering("sawing-academy", course="sawing")],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
    )


@pytest.mark.parametrize(("most", "classes"), [(5, 2), (4, 1)])
def test_two_classes_in_a_week_need_ten_days(most, classes):
    # Two instructors of four days: 8 < 10.
    proposal = propose(_two_courses(most))
    assert proposal.status == "optimal"
    assert len(proposal.classes) == classes


def test_the_row_counts_class_days():
    rows = find_candidates(_two_courses(4)).problem.capacity
    assert (rows.names, rows.limit.tolist(), rows.use.tolist()) == (("instructor_hours[crew,2027-03-01]",), [8], [5, 5])
    assert len(find_candidates(_two_courses(5)).problem.capacity) == 0


def test_the_message_names_pool_week_and_days():
    assert message(_crew(4), planned()) == (
        "InstructorPool[crew] in the week of 2027-03-01: 5 class days, 1 instructors may teach 4 each"
    )


def test_it_applies_where_a_pool_has_a_limit():
    assert instructor_hours.applies(_crew(5))
    assert not instructor_hours.applies(make_instance())

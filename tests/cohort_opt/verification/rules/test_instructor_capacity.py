"""Instructor capacity: on no day do more classes need an instructor than the pool has."""

import pytest

from cohort_opt.problem.records import Absence
from cohort_opt.verification.rules import instructor_capacity
from tests.builders import course, day, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("instructor_capacity",)


def _side_by_side(*pools):
    last = day(weeks=2)
    return make_instance(
        courses=[course("drilling"), course("sawing")],
        offerings=[offering(last_start=last), offering("sawing-academy", course="sawing", last_start=last)],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
        rooms=[room(count=5)],
        instructors=list(pools),
    )


def _two_classes(weeks=0):
    return (
        planned({"acme-drilling": 8}),
        planned({"bolt-sawing": 8}, offering="sawing-academy", course="sawing", start=day(weeks=weeks)),
    )


@pytest.mark.parametrize(("count", "expected"), [(2, ()), (1, RULE)])
def test_two_classes_on_the_same_days_need_two_instructors(count, expected):
    assert broken(_side_by_side(instructor(count=count)), *_two_classes()) == expected


def test_one_instructor_teaches_one_class_after_the_other():
    assert broken(_side_by_side(instructor()), *_two_classes(weeks=1)) == ()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(day(days=-7), day(days=-1), ()), (day(days=-7), day(), RULE), (day(days=4), day(days=9), RULE), (day(days=5), day(9), ())],
)
def test_an_instructor_on_leave_does_not_teach(first, last, expected):
    on_leave = instructor(count=2, absences=(Absence(first=first, last=last, name="leave"),))
    assert broken(_side_by_side(on_leave), *_two_classes()) == expected


def test_the_message_names_pool_day_and_classes():
    absent = instructor(count=2, absences=(Absence(first=day(days=1), last=day(days=1)),))
    assert message(_side_by_side(absent), *_two_classes()) == (
        "InstructorPool[crew] on 2027-03-02: 2 classes want one (drilling-academy/2027-03-01/block5#1, "
        "sawing-academy/2027-03-01/block5#1), the pool has 1 of 2 that day"
    )


def test_each_pool_and_day_in_use_is_looked_at():
    assert checked("instructor_capacity", _side_by_side(instructor(count=2)), *_two_classes()) == 5


def test_it_always_applies():
    assert instructor_capacity.applies(make_instance(demands=[]))

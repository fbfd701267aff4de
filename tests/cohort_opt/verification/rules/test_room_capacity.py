"""Room capacity: on no day do more classes use a pool than it has rooms."""

import pytest

from cohort_opt.problem.records import Absence
from cohort_opt.verification.rules import room_capacity
from tests.builders import course, day, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("room_capacity",)


def side_by_side(**changes):
    """Return an instance with two courses of eight in the same bay; plenty of instructors unless told otherwise."""
    last = day(weeks=2)
    base = {
        "courses": [course("drilling"), course("sawing")],
        "offerings": [offering(last_start=last), offering("sawing-academy", course="sawing", last_start=last)],
        "demands": [demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
        "rooms": [room(count=1)],
        "instructors": [instructor(count=5)],
    }
    return make_instance(**{**base, **changes})


def two_classes(weeks=0):
    """Return drilling in the first week and sawing so many weeks later."""
    return (
        planned({"acme-drilling": 8}),
        planned({"bolt-sawing": 8}, offering="sawing-academy", course="sawing", start=day(weeks=weeks)),
    )


@pytest.mark.parametrize(("count", "expected"), [(2, ()), (1, RULE)])
def test_two_classes_on_the_same_days_need_two_rooms(count, expected):
    assert broken(side_by_side(rooms=[room(count=count)]), *two_classes()) == expected


def test_one_room_is_enough_for_one_class_after_the_other():
    assert broken(side_by_side(), *two_classes(weeks=1)) == ()


def test_the_same_day_in_another_pool_does_not_count():
    instance = side_by_side(
        rooms=[room(), room("hall")],
        offerings=[offering(), offering("sawing-academy", course="sawing", room="hall")],
    )
    drilling, _ = two_classes()
    sawing = planned({"bolt-sawing": 8}, offering="sawing-academy", course="sawing", room="hall")
    assert broken(instance, drilling, sawing) == ()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (day(days=-7), day(days=-1), ()),  # back on the first day
        (day(days=-7), day(), RULE),
        (day(days=4), day(days=4), RULE),
        (day(days=5), day(days=30), ()),  # away from the Saturday on
    ],
)
def test_a_room_under_repair_is_not_there(first, last, expected):
    repaired = room(count=2, absences=(Absence(first=first, last=last),))
    assert broken(side_by_side(rooms=[repaired]), *two_classes()) == expected


def test_two_absences_at_once_add_up():
    one = Absence(first=day(), last=day(days=1), name="paint")
    two = Absence(first=day(days=1), last=day(days=2), name="roof")
    assert broken(side_by_side(rooms=[room(count=3, absences=(one,))]), *two_classes()) == ()
    assert broken(side_by_side(rooms=[room(count=3, absences=(one, two))]), *two_classes()) == RULE


def test_more_absent_than_there_are_leaves_none():
    away = room(count=1, absences=(Absence(first=day(days=2), last=day(days=2), count=3),))
    instance = make_instance(rooms=[away])
    assert broken(instance, planned()) == RULE
    assert message(instance, planned()) == (
        "RoomPool[bay] on 2027-03-03: 1 classes want one (drilling-academy/2027-03-01/block5#1), the pool has 0 of 1 that day"
    )


def test_each_pool_and_day_in_use_is_looked_at():
    # Five days of one pool, used twice; then ten days of it, used once each.
    assert checked("room_capacity", side_by_side(), *two_classes()) == 5
    assert checked("room_capacity", side_by_side(), *two_classes(weeks=1)) == 10


def test_it_always_applies():
    assert room_capacity.applies(make_instance(demands=[]))

"""Class size: between the minimum of the course and the smaller of its maximum and the room."""

import pytest

from cohort_opt.verification.rules import class_size
from tests.builders import course, demand, make_instance, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("class_size",)


def _sized(size, **changes):
    """Return an instance of `size` trainees and the class that holds them all (8 to 12 trainees, 12 seats in the room)."""
    demands = [demand("acme-drilling", count=5), demand("bolt-drilling", count=size - 5)]
    return make_instance(demands=demands, **changes), planned({"acme-drilling": 5, "bolt-drilling": size - 5})


@pytest.mark.parametrize(("size", "expected"), [(7, RULE), (8, ()), (12, ()), (13, RULE)])
def test_a_class_holds_eight_to_twelve(size, expected):
    assert broken(*_sized(size)) == expected


@pytest.mark.parametrize(("seats", "expected"), [(9, ()), (8, RULE)])
def test_a_class_fits_its_room(seats, expected):
    assert broken(*_sized(9, rooms=[room(seats=seats)])) == expected


def test_the_maximum_of_the_course_holds_in_a_larger_room():
    instance, item = _sized(13, rooms=[room(seats=20)])
    assert broken(instance, item) == RULE
    assert message(instance, item).endswith("13 trainees, above the maximum 12 of Course[drilling]")


def test_the_message_names_what_is_too_small():
    instance, item = _sized(13, courses=[course(max_seats=20)])
    assert message(instance, item).endswith("13 trainees, above the 12 seats of RoomPool[bay]")


def test_a_class_of_nobody_is_not_open():
    instance = make_instance()
    nobody = {"acme-drilling": 5, "bolt-drilling": 4}
    assert broken(instance, planned(members=()), without=nobody) == RULE
    assert broken(instance, without=nobody) == ()


def test_every_class_is_looked_at():
    assert checked("class_size", *_sized(9)) == 1


def test_it_always_applies():
    assert class_size.applies(make_instance(demands=[]))

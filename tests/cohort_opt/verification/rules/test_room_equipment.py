"""Room equipment: the room has all that the course needs."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.verification.rules import room_equipment
from tests.builders import course, make_instance, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned


def _needs(needed, has):
    changes = {"courses": (course(needs_equipment=needed),), "rooms": (room(equipment=has),)}
    return make_instance().model_copy(update=changes)


@pytest.mark.parametrize(
    ("needed", "has", "expected"),
    [(("saw",), ("drill", "saw"), ()), (("drill", "saw"), ("saw",), ("room_equipment",)), ((), (), ())],
)
def test_a_room_with_everything_will_do(needed, has, expected):
    assert broken(_needs(needed, has), planned()) == expected
    assert checked("room_equipment", _needs(needed, has), planned()) == bool(needed)


def test_an_offering_in_a_room_that_lacks_something_is_refused_with_both_ends():
    with pytest.raises(InstanceError) as refused:
        make_instance(courses=[course(needs_equipment=("crane", "saw"))], rooms=[room(equipment=("saw",))])
    (problem,) = refused.value.problems
    assert (problem.code, problem.pointer) == ("missing-equipment", "/offerings/drilling-academy/room")
    assert "needs crane, which" in problem.rule
    assert problem.also == ("/courses/drilling/needs_equipment", "/rooms/bay/equipment")


def test_the_message_names_what_is_missing():
    assert message(_needs(("crane", "saw"), ("saw",)), planned()) == (
        "Class[drilling-academy/2027-03-01/block5#1]: Course[drilling] needs crane, RoomPool[bay] has none"
    )


def test_it_applies_where_a_course_needs_something():
    assert room_equipment.applies(_needs(("saw",), ("saw",)))
    assert not room_equipment.applies(make_instance())

"""A larger maximum: one or two more trainees in a class, where the rooms have the seats."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import Change, SetClassSize, SetRoomCount
from cohort_opt.problem.records import Course
from cohort_opt.proposal import Reason


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the maximum raised by one, then by two; rooms that are too small get the seats as well, and that is said."""
    course = question.course
    rooms = {room.id: room for room in question.instance.rooms}
    used = sorted({offering.room for offering in question.offerings})
    for most in (course.max_seats + 1, course.max_seats + 2):
        small = [room for room in used if rooms[room].seats < most]
        changes: list[Change] = [SetClassSize(kind="set_class_size", course=course.id, max_seats=most)]
        changes += [SetRoomCount(kind="set_room_count", room=room, seats=most) for room in small]
        yield Relaxation(tuple(changes), _said(course, most, [rooms[room].name for room in small]))


def _said(course: Course, most: int, small: list[str]) -> Reason:
    if small:
        return say(
            "class_maximum", "a maximum of {max_seats} instead of {was} in {course}, with as many seats in {rooms}",
            max_seats=most, was=course.max_seats, course=course.name, rooms=", ".join(small),
        )  # fmt: skip
    return say(
        "class_maximum", "a maximum of {max_seats} instead of {was} in {course}",
        max_seats=most, was=course.max_seats, course=course.name,
    )  # fmt: skip

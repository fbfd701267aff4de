"""Class size: a class that opens holds at least its minimum and, of those expected to come, at most its maximum.

min_seats[course] <= size                                                              for every class
size * show_percent[course] <= 100 * min(max_seats[course], seats[room])               for every class (100 % = no over-booking)
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Course
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "class_size"


def applies(instance: Instance) -> bool:
    """Every class has a size."""
    return True


def check(case: Case) -> Findings:
    """Yield once for each class."""
    for planned in case.solution.classes:
        course, room = case.given.courses[planned.course], case.given.rooms[planned.room]
        if planned.size < course.min_seats:
            why = f"below the minimum {course.min_seats} of Course[{course.id}]"
        elif planned.size * course.show_percent > 100 * course.max_seats:
            why = f"above the maximum {course.max_seats} of Course[{course.id}]{_expected(course)}"
        elif planned.size * course.show_percent > 100 * room.seats:
            why = f"above the {room.seats} seats of RoomPool[{room.id}]{_expected(course)}"
        else:
            yield None
            continue
        yield Violation(RULE, planned.id, f"Class[{planned.id}]: {planned.size} trainees, {why}")


def _expected(course: Course) -> str:
    return "" if course.show_percent == 100 else f", also when {course.show_percent} % come"

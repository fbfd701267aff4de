"""What a change must leave alone: placements of a plan as pins."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Pin
from cohort_opt.solution import Solution


class Keep(StrEnum):
    """Which placements of the present plan a new one must keep."""

    ALL = "all"
    """Everybody keeps the seat; only who waits is moved in."""
    OTHER_COURSES = "other courses"
    """Everybody in another course keeps the seat; this course is planned anew."""
    PINS = "pins"
    """Only what was pinned before; a free re-plan."""


def held(instance: Instance, solution: Solution, keep: Keep, course: str = "") -> Instance:
    """Return the instance with the placements to keep as pins, beside those it has.

    Parameters
    ----------
    course
        The course that may be planned anew under `Keep.OTHER_COURSES`.
    """
    if keep is Keep.PINS:
        return instance
    seats: Counter[tuple[str, str]] = Counter()
    for planned in solution.classes:
        if keep is Keep.ALL or planned.course != course:
            for member in planned.members:
                seats[member.demand, planned.run] += member.count
    for pin in instance.pins:
        seats[pin.demand, pin.run] = max(seats[pin.demand, pin.run], pin.count)
    pins = tuple(Pin(demand=demand, run=run, count=count) for (demand, run), count in sorted(seats.items()))
    return type(instance)(**{name: getattr(instance, name) for name in type(instance).model_fields if name != "pins"}, pins=pins)

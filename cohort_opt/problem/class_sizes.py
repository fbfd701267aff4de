"""How many trainees a class starts with: at least, so that enough stay; at most, so that no more than fit are expected."""

from __future__ import annotations

from functools import cache
from math import comb

from cohort_opt.problem.fields import MAX_COUNT
from cohort_opt.problem.records import Course


def most_accepted(course: Course, room_seats: int | None = None) -> int:
    """Return the most trainees in a class: the largest n with `n * show_percent <= 100 * places`.

    `places` is the smaller of the course's maximum and the seats of the room; without over-booking it is the answer.
    """
    places = course.max_seats if room_seats is None else min(course.max_seats, room_seats)
    return places * 100 // course.show_percent


def least_start(course: Course) -> int | None:
    """Return the fewest trainees with which a class may start; `None` if no class of 500 would do.

    Without a survival curve that is `min_seats`. With one it is the least n with
    `P(Binomial(n, survival) >= min_seats) >= keep_min`.
    """
    if course.survival_percent is None or course.keep_min_percent is None:
        return course.min_seats
    return _start_size(course.min_seats, course.survival_percent, course.keep_min_percent)


def class_minimum(course: Course) -> int | None:
    """Return the fewest trainees with which a single class may open: `least_start`, or `min_seats` where a merge is planned."""
    return least_start(course) if course.merge_from_week is None else course.min_seats


def most_merged(course: Course, room_seats: int) -> int | None:
    """Return the most trainees with whom the classes of one run may start so that those expected to stay fit in one of them.

    The largest n with `n * survival_percent <= 100 * places`; `None` where no merge is planned.
    """
    if course.merge_from_week is None or course.survival_percent is None:
        return None
    return 100 * min(course.max_seats, room_seats) // course.survival_percent


@cache
def _start_size(least: int, survival: int, keep: int) -> int | None:
    if not _keeps(MAX_COUNT, least, survival, keep):
        return None
    low, high = least, MAX_COUNT  # more starters never make it less likely
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _keeps(middle, least, survival, keep) else (middle + 1, high)
    return low


def _keeps(start: int, least: int, survival: int, keep: int) -> bool:
    """Return whether at least `least` of `start` stay with `keep` percent, in whole numbers: both sides times 100 ** start."""
    stay, leave = survival, 100 - survival
    fewer = sum(comb(start, k) * stay**k * leave ** (start - k) for k in range(least))
    return bool((100**start - fewer) * 100 >= keep * 100**start)

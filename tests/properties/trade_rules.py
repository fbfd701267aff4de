"""The rules of the trade for the brute force: each read from its sentence once more, from the records alone."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

DAY = dt.timedelta(days=1)


def most_seats(course: Any, room: Any) -> int:
    """Return the most trainees accepted in a class: no more than the places are expected to come."""
    size = 0
    while (size + 1) * Fraction(course.show_percent, 100) <= min(course.max_seats, room.seats):
        size += 1
    return size


def run_may_exist(given: Any, course: Any, pattern: Any, dates: Sequence[dt.date]) -> bool:
    """Return whether an unbroken block is unbroken, and an exam follows in time."""
    if getattr(pattern, "unbroken", False):
        span = [dates[0] + i * DAY for i in range((dates[-1] - dates[0]).days + 1)]
        if any(day.weekday() < 5 and day not in dates for day in span):
            return False
    return not course.exam_dates or any(1 <= (exam - dates[-1]).days <= course.exam_within_days for exam in course.exam_dates)


def line_may_attend(given: Any, demand: Any, run: Any) -> bool:
    """Return whether the course has enough practice for the line."""
    return (run.course.practice_percent or 0) >= (demand.min_practice_percent or 0)


def parallel_holds(classes: Sequence[Any]) -> bool:
    """Return whether no offering has too many classes at one start and pattern, whoever teaches them."""
    starts = [(c.offering.id, c.dates[0], c.pattern) for c in classes]
    return all(starts.count((c.offering.id, c.dates[0], c.pattern)) <= c.offering.max_parallel for c in classes)


def hours_hold(given: Any, classes: Sequence[Any]) -> bool:
    """Return whether no pool teaches more days of a week than its instructors may."""
    for pool in given.instructors:
        if pool.max_days_per_week is None:
            continue
        taught = [day.isocalendar()[:2] for c in classes if c.instructor == pool.id for day in c.dates]
        if any(taught.count(week) > pool.count * pool.max_days_per_week for week in taught):
            return False
    return True


def class_holds(given: Any, run: Any, members: dict[str, int]) -> bool:
    """Return whether enough start, and everybody's wished class size is there."""
    size = sum(members.values())
    wishes = [line.min_class_size or 0 for line in given.demands if members.get(line.id)]
    return size >= max(wishes, default=0) and starts_with_enough(run.course, size)


def starts_with_enough(course: Any, size: int) -> bool:
    """Return whether the minimum stays as surely as asked, added up over how many leave."""
    if course.survival_percent is None or course.keep_min_percent is None:
        return True
    stay = Fraction(course.survival_percent, 100)
    enough = sum(
        math.comb(size, left) * (1 - stay) ** left * stay ** (size - left) for left in range(size - course.min_seats + 1)
    )
    return enough >= Fraction(course.keep_min_percent, 100)


def weeks_hold(given: Any, classes: Sequence[Any], seats: Sequence[dict[str, int]]) -> bool:
    """Return whether no company has too many away in any week; `seats[k]` are the members of class k."""
    for company in given.companies:
        if company.max_away_per_week is None:
            continue
        own = {line.id for line in given.demands if line.company == company.id}
        for week in {day.isocalendar()[:2] for c in classes for day in c.dates}:
            there = [k for k, c in enumerate(classes) if any(day.isocalendar()[:2] == week for day in c.dates)]
            if sum(n for k in there for line, n in seats[k].items() if line in own) > company.max_away_per_week:
                return False
    return True

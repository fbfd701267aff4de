"""Which days a class takes: working days, release patterns, possible starts, pools with absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from cohort_opt.problem.records import Block, Calendar, DayPart, DayRelease, InstructorPool, Offering, Pattern, RoomPool

ONE_DAY = dt.timedelta(days=1)


class TeachingDays:
    """The teaching days of a calendar: Monday to Friday, inside the horizon, not closed."""

    def __init__(self, calendar: Calendar) -> None:
        """Keep the calendar."""
        self.calendar = calendar

    @cached_property
    def closed_by_day(self) -> dict[dt.date, str]:
        """Return the name of the closure for each closed day of the horizon."""
        return {day: period.name for period in self.calendar.closed for day in self._days(period.first, period.last)}

    @cached_property
    def ordered(self) -> tuple[dt.date, ...]:
        """Return all teaching days, ascending."""
        days = self._days(self.calendar.start, self.calendar.end)
        return tuple(day for day in days if day.weekday() < 5 and day not in self.closed_by_day)

    @cached_property
    def position(self) -> dict[dt.date, int]:
        """Return the position of each teaching day in `ordered`."""
        return {day: i for i, day in enumerate(self.ordered)}

    def _days(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        day = max(first, self.calendar.start)
        while day <= min(last, self.calendar.end):
            yield day
            day += ONE_DAY

    def class_dates(self, start: dt.date, pattern: Pattern) -> tuple[dt.date, ...] | None:
        """Return the days of a class that starts on `start`; `None` if that is no teaching day or the horizon ends first."""
        if start not in self.position:
            return None
        if isinstance(pattern, DayRelease):
            return self._weekly(start, pattern.weeks)
        at = self.position[start]
        block = self.ordered[at : at + pattern.days]
        if len(block) < pattern.days:
            return None
        if isinstance(pattern, Block):
            return block
        weeks_taken = (block[-1] - start).days // 7
        after = self._weekly(start + (weeks_taken + 1) * 7 * ONE_DAY, pattern.weeks)
        return None if after is None else (*block, *after)

    def _weekly(self, start: dt.date, weeks: int) -> tuple[dt.date, ...] | None:
        dates: list[dt.date] = []
        day = start
        while len(dates) < weeks:
            if day > self.calendar.end:
                return None
            if day in self.position:
                dates.append(day)
            day += 7 * ONE_DAY
        return tuple(dates)


def halves_of(part: DayPart) -> tuple[int, ...]:
    """Return which halves of its days a class takes: 0 = morning, 1 = afternoon."""
    return {"day": (0, 1), "morning": (0,), "afternoon": (1,)}[part]


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the (ISO) week of a day."""
    return day - day.weekday() * ONE_DAY


def possible_starts(offering: Offering, calendar: Calendar) -> Iterator[dt.date]:
    """Yield the days of the horizon on which a run of the offering may start, closed or not, ascending."""
    monday = monday_of(offering.first_start)
    while monday <= min(offering.last_start, calendar.end):
        for weekday in offering.start_weekdays:
            day = monday + dt.timedelta(days=weekday.number)
            if max(offering.first_start, calendar.start) <= day <= min(offering.last_start, calendar.end):
                yield day
        monday += dt.timedelta(weeks=offering.every_weeks)


def capacity_on(pool: RoomPool | InstructorPool, day: dt.date) -> int:
    """Return how many rooms or instructors of the pool are there on the day, at least 0."""
    away = sum(absence.count for absence in pool.absences if absence.first <= day <= absence.last)
    return max(0, pool.count - away)

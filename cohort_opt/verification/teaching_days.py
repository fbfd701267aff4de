"""The days on which a class of a pattern teaches, counted from its start; the judge's own calendar.

    block of k days        the start and the next k - 1 working days
    day release, k weeks   the start and the same weekday of the following weeks; a week in which that day is closed is skipped
    mixed, k days j weeks  a block of k days, then j times the weekday of the start after its last day, closed ones skipped

A working day is a Monday to Friday that is not closed. Whether the start itself is one, and whether the last day still lies in
the horizon, is the business of the rule `calendar`.
"""

import datetime as dt
from collections.abc import Iterator

from cohort_opt.problem.records import Block, DayRelease, Pattern
from cohort_opt.verification.periods import Periods

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def teaching_days(pattern: Pattern, start: dt.date, closed: Periods) -> Iterator[dt.date]:
    """Yield the days of a class that starts on `start`; fewer than the pattern has only where the era of `date` ends."""
    block = 0 if isinstance(pattern, DayRelease) else pattern.days
    weekly = 0 if isinstance(pattern, Block) else pattern.weeks
    day = start
    yield day
    found = 1
    while found < block and day <= dt.date.max - ONE_DAY:
        day += ONE_DAY
        if day not in closed and day.weekday() < SATURDAY:
            found += 1
            yield day
    while found < block + weekly and day <= dt.date.max - ONE_DAY:
        day += ONE_DAY
        if day not in closed and day.weekday() == start.weekday():
            found += 1
            yield day

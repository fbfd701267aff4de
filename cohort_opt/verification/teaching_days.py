"""The days on which a class of a pattern teaches, counted from its start; the judge's own calendar.

    block of k days        the start and the next k - 1 working days
    day release, k weeks   the start and the same weekday of the following weeks; a week in which that day is closed is skipped

A working day is a Monday to Friday that is not closed. Whether the start itself is one, and whether the last day still lies in
the horizon, is the business of the rule `calendar`.
"""

import datetime as dt
from collections.abc import Iterator

from cohort_opt.problem.records import Block, DayRelease
from cohort_opt.verification.periods import Periods

SATURDAY = 5


def teaching_days(pattern: Block | DayRelease, start: dt.date, closed: Periods) -> Iterator[dt.date]:
    """Yield the days of a class that starts on `start`; fewer than the pattern has only where the era of `date` ends."""
    block = isinstance(pattern, Block)
    wanted = pattern.days if isinstance(pattern, Block) else pattern.weeks
    step = dt.timedelta(days=1 if block else 7)
    day = start
    yield day
    found = 1
    while found < wanted and day <= dt.date.max - step:
        day += step
        if day not in closed and (not block or day.weekday() < SATURDAY):
            found += 1
            yield day

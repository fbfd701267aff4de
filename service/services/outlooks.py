"""The outlook of published classes as a calendar: when each must be decided, and when it starts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.schemas import ClassOutlook
from service.services.publications import DECISION_DAYS

WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands on a day: a class that starts, or that is to be decided."""

    kind: Literal["decide", "start"]
    outlook: ClassOutlook


@dataclass(frozen=True, slots=True)
class Day:
    """A working day of the calendar."""

    date: dt.date
    entries: tuple[Entry, ...]
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks, Monday to Friday; `None` = a day of another month."""

    first: dt.date
    weeks: tuple[tuple[Day | None, ...], ...]


def entries(outlook: Sequence[ClassOutlook]) -> list[tuple[dt.date, Entry]]:
    """Return what stands on which day, in order: the start of every class, and when it is to be decided.

    A class is to be decided `DECISION_DAYS` before its start, on the last working day until then.
    """
    found = []
    for row in outlook:
        start = dt.date.fromisoformat(row.start)
        found += [(_working(start - dt.timedelta(days=DECISION_DAYS)), Entry("decide", row)), (start, Entry("start", row))]
    return sorted(found, key=lambda one: (one[0], one[1].kind, one[1].outlook.class_id))


def months(outlook: Sequence[ClassOutlook], today: dt.date) -> list[Month]:
    """Return the months from the first to the last day on which something stands, those without any left out.

    A class is to be decided `DECISION_DAYS` before its start.
    """
    events: dict[dt.date, list[Entry]] = {}
    for row in outlook:
        start = dt.date.fromisoformat(row.start)
        events.setdefault(_working(start - dt.timedelta(days=DECISION_DAYS)), []).append(Entry("decide", row))
        events.setdefault(start, []).append(Entry("start", row))
    wanted = sorted({(date.year, date.month) for date in events})
    return [_month(year, month, events, today) for year, month in wanted]


def _working(date: dt.date) -> dt.date:
    """Return the last working day that is not after the date."""
    return date - dt.timedelta(days=max(0, date.weekday() - WORKING_DAYS + 1))


def _month(year: int, month: int, events: dict[dt.date, list[Entry]], today: dt.date) -> Month:
    weeks = [
        tuple(
            Day(date, tuple(events.get(date, ())), date == today) if date.month == month else None for date in week[:WORKING_DAYS]
        )
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]
    return Month(dt.date(year, month, 1), tuple(week for week in weeks if any(week)))

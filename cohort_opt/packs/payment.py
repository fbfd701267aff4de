"""When money comes and until when it must be applied for."""

from __future__ import annotations

import calendar
import datetime as dt

from cohort_opt.packs.pack import Application, Payment, PlaceBudget, Pot


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def school_year_end(day: dt.date) -> dt.date:
    """Return the 31 July on or after the day: the Dutch school year runs from 1 August to 31 July."""
    end = dt.date(day.year, 7, 31)
    return end if day <= end else dt.date(day.year + 1, 7, 31)


def paid_on(payment: Payment | None, start: dt.date, end: dt.date) -> dt.date | None:
    """Return the day on which a claim of a class from `start` to `end` is paid; `None` if the pack does not say."""
    if payment is None:
        return None
    anchors = {
        "class_start": start,
        "class_end": end,
        "school_year_end": school_year_end(end),
        "calendar_year_end": dt.date(end.year, 12, 31),
    }
    return months_later(anchors[payment.after], payment.months)


def apply_until(application: Application | None, start: dt.date) -> dt.date | None:
    """Return the last day to apply for a class that starts on `start`; `None` if the pack does not say."""
    if application is None:
        return None
    if application.months_after_start is not None:
        return months_later(start, application.months_after_start)
    return dt.date(start.year - 1, application.month or 1, application.day or 1)


def period_of(pot: Pot | PlaceBudget, start: dt.date) -> str:
    """Return the budget period in which a class falls by its start: `2027`, or `2026/27` for a school year."""
    if pot.period == "calendar_year":
        return str(start.year)
    end = school_year_end(start).year
    return f"{end - 1}/{end % 100:02d}"

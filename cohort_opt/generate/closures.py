"""The calendar of a training year: Dutch public holidays, and the weeks in which academies or companies are closed."""

import datetime as dt

from cohort_opt.problem.records import Calendar, DatePeriod

FIRST_MONDAY = dt.date(2027, 1, 4)
"""First day of every generated calendar; fixed, so that the bytes depend on no clock."""

SUMMER = ("academy summer closure", dt.date(2027, 7, 26), dt.date(2027, 8, 13))
CHRISTMAS = ("academy Christmas closure", dt.date(2027, 12, 20), dt.date(2027, 12, 31))
BUILDERS_HOLIDAYS = (dt.date(2027, 7, 19), dt.date(2027, 7, 26), dt.date(2027, 8, 2))
"""First Monday of the builders' holiday of the three holiday regions (invented for 2027, three weeks each)."""


def make_calendar(weeks: int) -> Calendar:
    """Return the calendar of so many weeks from January 2027, with Dutch public holidays and the academy's closures."""
    end = FIRST_MONDAY + dt.timedelta(weeks=weeks, days=-3)
    closed = [DatePeriod(first=day, last=day, name=name) for day, name in _public_holidays(FIRST_MONDAY, end)]
    for name, first, last in (SUMMER, CHRISTMAS):
        if first <= end:
            closed.append(DatePeriod(first=first, last=min(last, end), name=name))
    return Calendar(start=FIRST_MONDAY, end=end, closed=tuple(closed))


def _public_holidays(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """Return the public holidays that fall on a working day, in English whatever the locale."""
    import holidays  # here and not above: the package comes with the extra `files`, the library itself needs no holidays

    years = list(range(first.year, last.year + 1))
    found = holidays.country_holidays("NL", years=years, language="en_US")
    return sorted((day, name) for day, name in found.items() if first <= day <= last and day.weekday() < 5)

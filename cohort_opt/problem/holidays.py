"""Holidays as closed periods: public and school holidays of the Netherlands, and the holiday of the building trade.

Public and school holidays come from the kept package `holidays` (extra `files`), the building trade's from dated rows in
`data/building-holiday-nl.csv`. An instance never names a set: its periods are written into it, so that it says the same for ever.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from importlib import resources

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.records import DatePeriod

_REGIONS = {"north": "Noord", "middle": "Midden", "south": "Zuid"}
_SCHOOL_YEARS = range(2014, 2031)
"""Years whose school holidays the package knows: regulations of 2012 to 2024, the last one up to 2030."""
ONE_DAY = dt.timedelta(days=1)


class HolidaySet(StrEnum):
    """Holidays that can be closed by name."""

    NL_PUBLIC = "nl-public"
    NL_SCHOOL_NORTH = "nl-school-north"
    NL_SCHOOL_MIDDLE = "nl-school-middle"
    NL_SCHOOL_SOUTH = "nl-school-south"
    NL_BUILDING_NORTH = "nl-building-north"
    NL_BUILDING_MIDDLE = "nl-building-middle"
    NL_BUILDING_SOUTH = "nl-building-south"

    @property
    def region(self) -> str:
        """Return `north`, `middle` or `south`; `public` for the set of the whole country."""
        return self.value.rpartition("-")[2]


def holiday_periods(which: HolidaySet, first: dt.date, last: dt.date) -> tuple[DatePeriod, ...]:
    """Return the holidays of a set between two days (both included), cut to them, in order; days that follow are one period.

    Raises
    ------
    InstanceError
        With `unknown-year` where the set has no data for a year, `missing-extra` without the package `holidays`.
    """
    years = range(first.year, last.year + 1)
    rows = _building(which, years) if "building" in which.value else _from_package(which, years)
    cut = ((max(start, first), min(end, last), name) for start, end, name in rows)
    return tuple(DatePeriod(first=start, last=end, name=name) for start, end, name in sorted(cut) if start <= end)


def _building(which: HolidaySet, years: range) -> Iterator[tuple[dt.date, dt.date, str]]:
    text = resources.files("cohort_opt.problem").joinpath("data/building-holiday-nl.csv").read_text(encoding="utf-8")
    rows = {int(row["year"]): row for row in csv.DictReader(text.splitlines()) if row["region"] == which.region}
    for year in years:
        if year not in rows:
            known = ", ".join(str(found) for found in sorted(rows))
            raise _unknown(which, year, f"the advice dates that the project keeps are those of {known}")
        first, last = (dt.date.fromisoformat(rows[year][end]) for end in ("first", "last"))
        yield first, last, f"building-trade holiday {which.region}"


def _from_package(which: HolidaySet, years: range) -> Iterator[tuple[dt.date, dt.date, str]]:
    try:
        import holidays  # comes with the extra `files`; an instance needs it only while its calendar is made
    except ModuleNotFoundError:
        raise InstanceError(
            [InputProblem("missing-extra", "Holidays", which.value, "needs the package holidays", "install the extra `files`")]
        ) from None
    if which is HolidaySet.NL_PUBLIC:
        found = holidays.country_holidays("NL", years=list(years), language="en_US")
        yield from ((day, day, name) for day, name in found.items())
        return
    for year in years:
        if year not in _SCHOOL_YEARS:
            raise _unknown(which, year, f"school holidays are set for {_SCHOOL_YEARS[0]} to {_SCHOOL_YEARS[-1]}")
    region = _REGIONS[which.region]
    found = holidays.country_holidays("NL", subdiv=region, years=list(years), categories=("school",), language="en_US")
    yield from _joined(found)


def _joined(days: dict[dt.date, str]) -> Iterator[tuple[dt.date, dt.date, str]]:
    """Yield days of one name that follow each other as one period."""
    first: dt.date | None = None
    for day, name in sorted(days.items()):
        first = day if first is None else first
        if days.get(day + ONE_DAY) != name:
            yield first, day, name
            first = None


def _unknown(which: HolidaySet, year: int, rule: str) -> InstanceError:
    remedy = "add the year to the data with its source, or close the days one by one"
    return InstanceError([InputProblem("unknown-year", f"Holidays[{which.value}]", str(year), rule, remedy)])

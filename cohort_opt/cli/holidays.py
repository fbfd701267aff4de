"""Verb holidays: public, school and building-trade holidays of a year, ready for a calendar."""

from __future__ import annotations

import datetime as dt
import json
import sys

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.errors import InstanceError
from cohort_opt.problem.holidays import HolidaySet, holiday_periods
from cohort_opt.problem.records import DatePeriod

REGIONS = ("north", "middle", "south")


@click.command("holidays")
@click.option("--region", type=click.Choice(REGIONS), required=True, help="Holiday region of the Netherlands.")
@click.option("--year", type=click.IntRange(2000, 2100), required=True)
@click.option("--kind", "kinds", type=click.Choice(("public", "school", "building")), multiple=True,
              help="Repeat for several; without it all three, as far as they are known.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Periods as `calendar.closed` of an instance takes them.")
@plainly
def holidays_verb(region: str, year: int, kinds: tuple[str, ...], as_json: bool) -> None:
    """List the holidays of a REGION and YEAR, as kept data says; a scenario closes them by `close_holidays`."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    wanted = kinds or ("public", "school", "building")
    names = ["nl-public" if kind == "public" else f"nl-{kind}-{region}" for kind in wanted]
    found: dict[str, tuple[DatePeriod, ...]] = {}
    for name in names:
        try:
            found[name] = holiday_periods(HolidaySet(name), first, last)
        except InstanceError as unknown:
            if kinds:
                raise
            print(unknown, file=sys.stderr)
    if as_json:
        print(json.dumps([p.model_dump(mode="json") for periods in found.values() for p in periods], indent=2))
        return
    for name, periods in found.items():
        print(name)
        for period in periods:
            print(f"  {period.first} to {period.last}  {period.name}")

"""Verb late: which classes of a stored plan can take one more demand line, and what it would pay."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from cohort_opt.analysis import HeldPlan, LateAnswer
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.stored import stored_plan
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.records import Demand

FILE = click.Path(path_type=Path)


@click.command("late")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.option("--line", type=FILE, help="A JSON file with one demand line, every field allowed.")
@click.option("--company", help="Id of the company; with --course and --seats instead of a file.")
@click.option("--course", help="Id of the course.")
@click.option("--seats", type=click.IntRange(1, 500), help="Trainees of the line.")
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="Earliest start; default: the first day of the calendar."
)
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Latest start; default: the last day of the calendar.")
@click.option(
    "--km", type=click.IntRange(0, 5_000), help="Travel limit; default: the longest that the company asks for elsewhere."
)
@click.option("--json", "as_json", is_flag=True, help="The fits with all their figures.")
@plainly
def late_verb(
    instance: Path, proposal: Path, line: Path | None, company: str | None, course: str | None, seats: int | None,
    first: dt.datetime | None, last: dt.datetime | None, km: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Find the three best classes of PROPOSAL for a line that came too late, without planning again.

    PROPOSAL is a proposal.json, or the folder that holds it. Every fit is heard by the judge.
    """
    given = read_instance(instance)
    held = HeldPlan(given, stored_plan(given, proposal / "proposal.json" if proposal.is_dir() else proposal))
    if line is not None:
        demand = _read(line)
    elif company is None or course is None or seats is None:
        raise click.UsageError("name the line: either --line FILE, or --company, --course and --seats")
    else:
        demand = _line(given, company, course, seats, first, last, km)
    answer = held.fits(demand)
    print(json.dumps(_document(answer), indent=2, ensure_ascii=False) if as_json else _said(answer))


def _read(line: Path) -> Demand:
    """Return the demand line of a file."""
    try:
        return Demand.model_validate_json(line.read_bytes())
    except ValidationError as error:
        raise click.UsageError(f"{line} is no demand line: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from None


def _line(
    given: Instance, company: str, course: str, seats: int, first: dt.datetime | None, last: dt.datetime | None, km: int | None
) -> Demand:
    """Return a line with the customs of the company: the longest journey that it asks for elsewhere."""
    longest = max((demand.max_travel_km for demand in given.demands if demand.company == company), default=50)
    taken = {demand.id for demand in given.demands}
    number = next(i for i in range(1, len(taken) + 2) if f"{company}-late-{i}" not in taken)
    return Demand(
        id=f"{company}-late-{number}",
        company=company,
        course=course,
        count=seats,
        earliest_start=given.calendar.start if first is None else first.date(),
        latest_start=given.calendar.end if last is None else last.date(),
        max_travel_km=longest if km is None else km,
    )


def _document(answer: LateAnswer) -> dict[str, Any]:
    return {
        "demand": answer.demand,
        "looked_at": answer.looked_at,
        "is_complete": answer.is_complete,
        "refused": [{"class": name, "rule": rule} for name, rule in answer.refused],
        "fits": [
            {
                "class": fit.planned.id,
                "site": fit.planned.site,
                "start": fit.planned.start.isoformat(),
                "size": fit.size,
                "seat_price_cents": fit.seat_price_cents,
                "seat_price_before_cents": fit.seat_price_before_cents,
                "journey_cents": fit.journey_cents,
                "waiting_cents": fit.waiting_cents,
                "extra_cents": fit.extra_cents,
                "saved_cents": fit.saved_cents,
            }
            for fit in answer.fits
        ],
    }


def _said(answer: LateAnswer) -> str:
    """Return the answer as lines of text."""
    lines = [f"{answer.demand}: {answer.looked_at} classes of the course have enough seats free"]
    for fit in answer.fits:
        money = f"{fit.seat_price_cents / 100:,.2f} EUR a seat (now {fit.seat_price_before_cents / 100:,.2f})"
        all_in = f"journeys {fit.journey_cents / 100:,.2f}, {fit.extra_cents / 100:+,.2f} EUR in all"
        lines += [
            f"  {fit.planned.id} at {fit.planned.site} from {fit.planned.start}",
            f"    {money}; {all_in}; class of {fit.size}",
        ]
    if not answer.fits:
        lines.append("  no open class can take the whole line; plan again, or split it")
    lines += [f"  refused by the judge: {name} ({rule})" for name, rule in answer.refused]
    return "\n".join(lines)

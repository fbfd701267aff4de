"""Verb places: what hosts, mentors and aftercare of a region lack for a plan."""

from __future__ import annotations

from pathlib import Path

import click

from cohort_opt.cli.comparison import show_comparison
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.rules import FILE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.packs.places.check import check_places, read_places
from cohort_opt.packs.places.level_field import level_field
from cohort_opt.packs.places.quotas import placed
from cohort_opt.packs.wording import Language
from cohort_opt.planning import propose
from cohort_opt.problem.read import read_instance
from cohort_opt.report import write_report


@click.group("places")
def places_verb() -> None:
    """Host places, mentors and aftercare as capacity; no persons."""


@places_verb.command("check")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.argument("places", type=FILE)
@LANGUAGE
@plainly
def check_verb(instance: Path, proposal: Path, places: Path, language: Language) -> None:
    """Say what PLACES (cohort-opt-places/1) lack for PROPOSAL: recognition, room, ratio, mentors, guidance, check-ins."""
    given = read_instance(instance)
    classes = stored_plan(given, proposal).classes
    there = read_places(places.read_bytes(), given)
    report = check_places(given, there, classes)
    print(f"ratio table: {report.table.name} ({report.table.status})")
    for row in report.mentored:
        own, pool = f"{row.own} with a mentor of their own", f"{row.pool} of the pool"
        who = f"{row.need.company}, {row.need.trade}, until {row.need.last_day}"
        print(f"{who}: {own}, {pool}, {row.without} with none, {row.one_to_one} one to one")
    for finding in (*report.findings, *level_field(given, there, classes)):
        print(finding.sentence(language))


@places_verb.command("plan")
@click.argument("instance", type=FILE)
@click.argument("places", type=FILE)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the plan that the places carry.")
@plainly
def plan_verb(instance: Path, places: Path, out: Path | None) -> None:
    """Plan INSTANCE so that PLACES carry it, beside the plan that does not look at them: what missing places cost."""
    given = read_instance(instance)
    within = placed(given, read_places(places.read_bytes(), given))
    before, after = propose(given), propose(within)
    if out is not None:
        write_report(within, after, out)
    show_comparison((before, after), ("all seats", "with places"), None, False, "en")

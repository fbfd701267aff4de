"""Verb sector: figures of a branch or region that reveal nobody, and the seven-year ramp."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.cli.rules import FILE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.packs.documents import read_outcomes, read_regions
from cohort_opt.packs.places.check import check_places, german_norm, read_places
from cohort_opt.packs.sector.disclosure import Release
from cohort_opt.packs.sector.ramp import seven_year_ramp
from cohort_opt.packs.sector.unmet import inclusion_figures, missing_mentors, missing_sites, unmet_demand
from cohort_opt.problem.read import read_instance

JSON = click.option("--json", "as_json", is_flag=True, help="The same figures as JSON.")


@click.group("sector")
def sector_verb() -> None:
    """Sector view: cells of at least 10 persons of 3 companies in which nobody's number can be guessed; else merged or silent."""


@sector_verb.command("unmet")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.option("--regions", type=FILE, required=True, help="Regions by which to publish (cohort-opt-regions/1).")
@click.option("--places", type=FILE, help="Hosts and mentors, for missing mentors (cohort-opt-places/1).")
@JSON
@plainly
def unmet_verb(instance: Path, proposal: Path, regions: Path, places: Path | None, as_json: bool) -> None:
    """Count who has no seat by trade and region, how many have no site within reach, and no mentor."""
    given = read_instance(instance)
    classes = stored_plan(given, proposal).classes
    region = read_regions(regions.read_bytes()).by_municipality()
    found = {
        "without a seat, by trade and region": unmet_demand(given, classes, region),
        "without a site within reach, by trade and region": missing_sites(given, region),
    }
    if places is not None:
        report = check_places(given, read_places(places.read_bytes(), given), classes)
        found["without a mentor, by trade"] = missing_mentors(report.mentored)
    _print(found, as_json)


@sector_verb.command("inclusion")
@click.argument("outcomes", type=FILE)
@JSON
@plainly
def inclusion_verb(outcomes: Path, as_json: bool) -> None:
    """Count starters, finishers and placed after six months by trade from OUTCOMES (cohort-opt-outcomes/1)."""
    figures = inclusion_figures(read_outcomes(outcomes.read_bytes()).outcomes)
    _print({"starters": figures.starters, "finishers": figures.finishers, "placed after six months": figures.placed}, as_json)


def _print(found: dict[str, Release], as_json: bool) -> None:
    if as_json:
        tables = {
            name: {
                "cells": [{"key": list(cell.key), "persons": cell.persons, "kept": cell.kept} for cell in release.cells],
                "not_shown": len(release.merged),
            }
            for name, release in found.items()
        }
        print(json.dumps(tables, indent=2, ensure_ascii=False))
        return
    for name, release in found.items():
        print(name)
        for cell in release.cells:
            print(f"  {', '.join(cell.key)}: {cell.persons}")
        if not release.cells:
            print("  no figure: a cell needs 10 persons of 3 companies")
        elif release.merged:
            print(f"  {len(release.merged)} smaller cells are merged or not shown")


@sector_verb.command("ramp")
@click.option("--first-year", type=click.IntRange(2000, 2100), required=True)
@click.option("--places-now", type=click.IntRange(0), required=True, help="Places in the year before.")
@click.option("--places-wanted", type=click.IntRange(0), required=True, help="Places wanted in the seventh year.")
@click.option(
    "--foreseen", type=click.IntRange(0), multiple=True, help="Places foreseen in year 1, 2, ...; the last is carried on."
)
@click.option("--finish-percent", type=click.IntRange(0, 100), required=True, help="Share of starters who finish, as stated.")
@click.option("--per-mentor", type=click.IntRange(1), help="Trainees per full-time mentor; default: the ratio table.")
@plainly
def ramp_verb(
    first_year: int, places_now: int, places_wanted: int, foreseen: tuple[int, ...], finish_percent: int, per_mentor: int | None
) -> None:
    """Hold the places foreseen against a straight line of seven years; quality stands beside quantity, nothing is forecast."""
    if places_wanted < places_now:
        raise click.BadParameter(f"{places_wanted} places wanted, below the {places_now} of now", param_hint="--places-wanted")
    table = german_norm()
    print(
        f"{'year':>6} {'wanted':>7} {'foreseen':>9} {'gap':>5} {'finishers':>10} {'mentors':>8}   {table.name} ({table.status})"
    )
    for row in seven_year_ramp(first_year, places_now, places_wanted, foreseen, finish_percent, table, per_mentor):
        print(f"{row.year:>6} {row.wanted:>7} {row.foreseen:>9} {row.gap:>5} {row.finishers:>10} {row.mentors:>8}")

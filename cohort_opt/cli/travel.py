"""Verb travel: distances into an instance, from a matrix or a routing server; and how many of its journeys are estimates."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.errors import TravelError
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.write import write_json
from cohort_opt.travel import LegCache, OsrmServer, asked_legs, coverage, fill, read_matrix

FILE = click.Path(path_type=Path)
OUT = click.option("--out", type=FILE, required=True, help="JSON file for the instance with its distances.")


@click.group("travel")
def travel_verb() -> None:
    """Distances and minutes: from a matrix, from a routing server, or estimated and called so."""


@travel_verb.command("status")
@click.argument("instance", type=FILE)
@plainly
def status_verb(instance: Path) -> None:
    """Say how many journeys of INSTANCE are given and how many are estimates."""
    print(coverage(read_instance(instance)))


@travel_verb.command("matrix")
@click.argument("instance", type=FILE)
@click.argument("matrices", type=FILE, nargs=-1, required=True)
@OUT
@plainly
def matrix_verb(instance: Path, matrices: tuple[Path, ...], out: Path) -> None:
    """Take distances from MATRICES: a CSV of km, and one of minutes if there is one (rows = starts, columns = sites)."""
    given = read_instance(instance)
    _write(fill(given, read_matrix(given, matrices)), out)


@travel_verb.command("osrm")
@click.argument("instance", type=FILE)
@click.option("--server", required=True, help="Address of a routing server, such as http://127.0.0.1:5000.")
@click.option("--profile", default="driving", show_default=True, help="Its kind of journey.")
@click.option("--cache", type=FILE, required=True, help="File that keeps its answers; only what is not in it is asked for.")
@click.option("--timeout", type=click.FloatRange(0.1, 600), default=20.0, show_default=True, help="Seconds for each request.")
@click.option("--estimate-missing", is_flag=True, help="If the server is away, go on with what is kept and estimate the rest.")
@OUT
@plainly
def osrm_verb(instance: Path, server: str, profile: str, cache: Path, timeout: float, estimate_missing: bool, out: Path) -> None:
    """Ask a routing server (table form of OSRM) for the journeys of INSTANCE; it gets coordinates and nothing else."""
    given, router, kept = read_instance(instance), OsrmServer(server, profile, timeout), LegCache(cache)
    starts, sites = asked_legs(given)
    try:
        legs = kept.legs(router, starts, sites)
    except TravelError as away:
        if not estimate_missing:
            raise
        legs = kept.known(router, starts, sites)
        print(f"{away}; {len(legs)} kept journeys are used, the rest stays as it is", file=sys.stderr)
    roadless = [pair for pair, leg in legs.items() if leg is None]
    for start, site in roadless:
        print(f"no road from {start.kind} {start.id} to site {site.id}: the estimate stays", file=sys.stderr)
    _write(fill(given, legs), out)


def _write(instance: Instance, out: Path) -> None:
    write_json(instance, out)
    print(f"{out}: {coverage(instance)}")

"""Verb rules: local rule packs: validate, compare, what differs at a border, and what one pack for all would gain."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from cohort_opt.cli.exits import BAD_INPUT, plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.explanation.language import Language
from cohort_opt.packs import border_rules, diff_packs, harmonisation, load_packs, read_facts, read_pack, validate_packs
from cohort_opt.planning import propose
from cohort_opt.problem.read import read_instance

FILE = click.Path(path_type=Path)


@click.group("rules")
def rules_verb() -> None:
    """Local rule packs; every amount carries the status of its pack, and samples are no law."""


@rules_verb.command("validate")
@click.argument("packs", type=FILE, nargs=-1, required=True)
@plainly
def validate_rules_verb(packs: tuple[Path, ...]) -> None:
    """Check PACKS (files or folders) and list every problem."""
    problems = validate_packs(packs)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        sys.exit(BAD_INPUT)
    for pack in load_packs(packs):
        since = "dates unknown" if pack.valid_from is None else f"from {pack.valid_from.isoformat()}"
        print(f"{pack.id}: valid, {pack.status}, {len(pack.schemes)} schemes, {since}")


@rules_verb.command("diff")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@LANGUAGE
@plainly
def diff_rules_verb(before: Path, after: Path, language: Language) -> None:
    """Say in words what changes between two packs."""
    for line in diff_packs(read_pack(before.read_bytes()), read_pack(after.read_bytes()), language):
        print(line)


@rules_verb.command("border")
@click.argument("packs", type=FILE, nargs=-1, required=True)
@click.option("--town", "towns", multiple=True, required=True, help="A municipality; repeat for each to set side by side.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Which packs are in force.")
@plainly
def border_rules_verb(packs: tuple[Path, ...], towns: tuple[str, ...], day: dt.datetime) -> None:
    """Set the rules of several municipalities side by side: the same trainee, what differs."""
    for row in border_rules(load_packs(packs), towns, day.date()).table():
        print(" | ".join(row))


@rules_verb.command("harmonise")
@click.argument("instance", type=FILE)
@click.argument("packs", type=FILE, nargs=-1, required=True)
@click.option("--facts", type=FILE, required=True, help="Eligibility answers of the companies, as counts.")
@click.option("--everyone-takes", required=True, help="Id of the pack that all municipalities would take.")
@plainly
def harmonise_rules_verb(instance: Path, packs: tuple[Path, ...], facts: Path, everyone_takes: str) -> None:
    """Plan INSTANCE under today's packs and under one pack for all: classes, seats and euros gained."""
    given = read_instance(instance)
    answers = read_facts(facts.read_bytes(), given)
    print(harmonisation(given, load_packs(packs), answers, everyone_takes, propose).sentence())

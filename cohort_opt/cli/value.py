"""Verb value: what one more trainee, seat, room, instructor, kilometre or week is worth."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cohort_opt.analysis import ONE_MORE, value_of_one_more
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.explanation.language import Language
from cohort_opt.explanation.sentence import in_language
from cohort_opt.problem.read import read_instance
from cohort_opt.solver.params import SolveParams


@click.command("value")
@click.argument("instance", type=click.Path(path_type=Path))
@click.option("--of", "kinds", multiple=True, type=click.Choice(tuple(ONE_MORE)), help="Only this; may be repeated.")
@click.option("--solves", type=click.IntRange(0, 10_000), default=20, show_default=True,
              help="How many are solved again; trainees and room days beyond get a dual price, an estimate.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Values with their facts.")
@LANGUAGE
@plainly
def value_verb(instance: Path, kinds: tuple[str, ...], solves: int, as_json: bool, language: Language) -> None:
    """Say what the plan of INSTANCE would cost less with one more trainee, seat, room, instructor, kilometre or week."""
    found = value_of_one_more(read_instance(instance), SolveParams(), kinds or tuple(ONE_MORE), solves)
    if as_json:
        rows = [
            {"kind": value.kind, "subject": value.subject, "cents": value.cents, "least_cents": value.least_cents,
             "most_cents": value.most_cents, "placed": value.placed, "is_estimate": value.is_estimate,
             "said": in_language(value.said, language).model_dump(), "result": in_language(value.result(), language).model_dump()}
            for value in found
        ]  # fmt: skip
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for value in found:
        print(f"{in_language(value.said, language).sentence}: {in_language(value.result(), language).sentence}")

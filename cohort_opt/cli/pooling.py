"""Verb pooling: alone against together, as one number, and by company, trade or area; table, JSON or picture."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from cohort_opt.analysis import GROUPINGS, Gain, pooling_by
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.explanation.language import Language, money, phrase
from cohort_opt.problem.read import read_instance
from cohort_opt.report import Bar, bar_chart

FILE = click.Path(path_type=Path)


@click.command("pooling")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.option("--by", type=click.Choice(tuple(GROUPINGS)), default="company", show_default=True)
@click.option("--svg", type=FILE, help="Write a picture to this file.")
@click.option("--json", "as_json", is_flag=True, help="The gains as data.")
@LANGUAGE
@plainly
def pooling_verb(instance: Path, proposal: Path, by: str, svg: Path | None, as_json: bool, language: Language) -> None:
    """Say what the pool of PROPOSAL saves against everybody alone, in real money. For the planner's eyes."""
    given = read_instance(instance)
    gains = pooling_by(given, stored_plan(given, proposal), by)
    headline = _headline(gains, language)
    if svg is not None:
        note = phrase("Euros saved against the cheapest way without the others; below zero, alone is cheaper", language)
        bars = [Bar(gain.name, gain.gain_cents, money(gain.gain_cents, language)) for gain in gains]
        svg.write_text(bar_chart("pooling", headline, note, bars), encoding="utf-8")
    if as_json:
        rows = [asdict(gain) | {"gain_cents": gain.gain_cents} for gain in gains]
        print(
            json.dumps(
                {"gain_cents": sum(gain.gain_cents for gain in gains), "by": by, "gains": rows}, indent=2, ensure_ascii=False
            )
        )
        return
    print(headline)
    wide = max((len(gain.name) for gain in gains), default=0)
    titles = (phrase("alone", language), phrase("together", language), phrase("saved", language))
    print(f"{'':{wide}} {phrase('placed', language):>10}" + "".join(f" {title:>16}" for title in titles))
    for gain in gains:
        figures = (money(cents, language) for cents in (gain.alone_cents, gain.together_cents, gain.gain_cents))
        print(f"{gain.name:{wide}} {gain.placed:>10}" + "".join(f" {figure:>16}" for figure in figures))


def _headline(gains: tuple[Gain, ...], language: Language) -> str:
    alone, together = sum(gain.alone_cents for gain in gains), sum(gain.together_cents for gain in gains)
    without = sum(gain.without_option for gain in gains)
    said = phrase(
        "Together {together} instead of {alone} alone: {gain} saved", language,
        together=money(together, language), alone=money(alone, language), gain=money(alone - together, language),
    )  # fmt: skip
    if not without:
        return said
    return said + "; " + phrase("seats for trainees who had no other way: {without}", language, without=without)

"""Verb sweep: one figure through a range, a verified plan for each value; table, JSON or picture."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cohort_opt.analysis import SWEEPS, SweepPoint, sweep
from cohort_opt.analysis.compare import euros
from cohort_opt.analysis.sweep import GAP_TARGET
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.explanation.language import Language, money, phrase
from cohort_opt.problem.read import read_instance
from cohort_opt.report import Bar, bar_chart
from cohort_opt.solver.params import SolveParams

FILE = click.Path(path_type=Path)


@click.command("sweep")
@click.argument("instance", type=FILE)
@click.option("--figure", type=click.Choice(tuple(SWEEPS)), required=True, help="What to vary.")
@click.option("--from", "first", type=int, required=True)
@click.option("--to", "last", type=int, required=True)
@click.option("--step", type=click.IntRange(1), default=1, show_default=True)
@click.option(
    "--gap", type=click.FloatRange(0, 1), default=GAP_TARGET, show_default=True, help="Good enough; 0 proves each value."
)
@click.option("--svg", type=FILE, help="Write a picture to this file.")
@click.option("--json", "as_json", is_flag=True, help="The points with value and bound.")
@LANGUAGE
@plainly
def sweep_verb(
    instance: Path, figure: str, first: int, last: int, step: int, gap: float, svg: Path | None, as_json: bool, language: Language
) -> None:
    """Plan INSTANCE for each value of one figure: classes, trainees placed, cost."""
    given = read_instance(instance)
    points = sweep(given, figure, range(first, last + 1, step), SolveParams(), gap)
    if svg is not None:
        svg.write_text(_picture(given.name, figure, points, language), encoding="utf-8")
    if as_json:
        print(json.dumps([_row(figure, point) for point in points], indent=2))
        return
    print(f"{figure:>20} {'classes':>8} {'placed':>7} {'waiting':>8} {'objective EUR':>16} {'bound EUR':>16}")
    most = max((point.placed for point in points), default=0) or 1
    for point in points:
        if point.refused:
            print(f"{point.value:>20} {point.refused}")
            continue
        value, bound = (euros(cents) for cents in (point.answer.objective_cents, point.answer.bound_cents))
        bar = "#" * round(30 * point.placed / most)
        print(f"{point.value:>20} {point.classes:>8} {point.placed:>7} {point.unplaced:>8} {value:>16} {bound:>16}  "
              f"{point.answer.status.value:10} {bar}")  # fmt: skip
        if point.indistinct:
            said = phrase("the difference to the value before is smaller than the two gaps: not distinguishable", language)
            print(f"{'':>20} {said}")


def _row(figure: str, point: SweepPoint) -> dict[str, object]:
    return {
        figure: point.value,
        "status": point.answer.status.value,
        "classes": point.classes,
        "placed": point.placed,
        "waiting": point.unplaced,
        "objective_cents": point.answer.objective_cents,
        "bound_cents": point.answer.bound_cents,
        "plan_of_the_value_before": point.is_inherited,
        "indistinct": point.indistinct,
        "refused": point.refused or None,
    }


def _picture(name: str, figure: str, points: tuple[SweepPoint, ...], language: Language) -> str:
    bars = [
        Bar(
            str(point.value), point.placed,
            phrase("{placed} placed, {waiting} waiting, {classes} classes, {cents}", language, placed=point.placed,
                   waiting=point.unplaced, classes=point.classes, cents=money(point.answer.objective_cents or 0, language)),
        )
        for point in points
        if point.answer.solution is not None
    ]  # fmt: skip
    return bar_chart("sweep", f"{name}: {figure}", phrase("Trainees placed for each value", language), bars)

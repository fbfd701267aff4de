"""Verbs that argue with a plan: explain, repair and sweep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cohort_opt.analysis import SWEEPS, RepairAnswer, find_repairs, sweep
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.reasons import all_reasons, reasons_of
from cohort_opt.cli.stored import stored_plan
from cohort_opt.problem.read import read_instance
from cohort_opt.report import read_proposal
from cohort_opt.solver.params import SolveParams

FILE = click.Path(path_type=Path)


@click.command("explain")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Typed reasons with their facts.")
@plainly
def explain_verb(instance: Path, proposal: Path, as_json: bool) -> None:
    """Say why each class of PROPOSAL opens and why each waiting line waits."""
    given = read_instance(instance)
    stored_plan(given, proposal)
    found = read_proposal(proposal)
    if as_json:
        said = {part: {key: [r.model_dump() for r in rows] for key, rows in of.items()} for part, of in reasons_of(found).items()}
        print(json.dumps(said, indent=2, ensure_ascii=False))
        return
    print(all_reasons(found))


@click.command("repair")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.option("--demand", help="One waiting line; without it every waiting line is asked for.")
@click.option("--json", "as_json", is_flag=True, help="The repairs with their scenarios, ready for --change.")
@plainly
def repair_verb(instance: Path, proposal: Path, demand: str | None, as_json: bool) -> None:
    """Find the cheapest changes that would place those who wait in PROPOSAL, each proven by solving again."""
    given = read_instance(instance)
    solution = stored_plan(given, proposal)
    lines = [demand] if demand else [member.demand for member in solution.unplaced]
    answers = [find_repairs(given, solution, line, SolveParams()) for line in lines]
    if as_json:
        print(json.dumps([_repair_document(answer) for answer in answers], indent=2, ensure_ascii=False))
        return
    for answer in answers:
        _print_repairs(answer)


def _print_repairs(answer: RepairAnswer) -> None:
    print(f"{answer.demand}: {answer.waiting} without a seat; {sum(answer.tried.values())} changes solved")
    for repair in answer.repairs:
        sizes = " and ".join(str(size) for size in repair.sizes)
        proven = "proven cheapest" if repair.proven else "best found"
        print(f"  {repair.said.sentence}")
        money = f"{repair.seat_price_cents / 100:,.2f} EUR a seat; {repair.extra_cents / 100:+,.2f} EUR in all"
        print(f"    class of {sizes}, {money}; kept: {repair.kept.value}; {proven}")
    if not answer.repairs:
        print("  no single change of these kinds places them: " + ", ".join(answer.tried))


def _repair_document(answer: RepairAnswer) -> dict[str, Any]:
    return {
        "demand": answer.demand,
        "waiting": answer.waiting,
        "tried": answer.tried,
        "repairs": [
            {
                "kind": repair.kind,
                "said": repair.said.model_dump(),
                "kept": repair.kept.value,
                "extra_cents": repair.extra_cents,
                "seat_price_cents": repair.seat_price_cents,
                "sizes": repair.sizes,
                "proven": repair.proven,
                "scenario": repair.scenario.model_dump(mode="json", exclude_unset=True) | {"format": repair.scenario.format},
            }
            for repair in answer.repairs
        ],
    }


@click.command("sweep")
@click.argument("instance", type=FILE)
@click.option("--figure", type=click.Choice(tuple(SWEEPS)), required=True, help="What to vary.")
@click.option("--from", "first", type=int, required=True)
@click.option("--to", "last", type=int, required=True)
@click.option("--step", type=click.IntRange(1), default=1, show_default=True)
@plainly
def sweep_verb(instance: Path, figure: str, first: int, last: int, step: int) -> None:
    """Plan INSTANCE for each value of one figure: classes, trainees placed, cost."""
    points = sweep(read_instance(instance), figure, range(first, last + 1, step), SolveParams())
    print(f"{figure:>14} {'classes':>8} {'placed':>7} {'waiting':>8} {'objective EUR':>16} {'bound EUR':>16}  status")
    most = max((point.placed for point in points), default=0) or 1
    for point in points:
        value, bound = (f"{(cents or 0) / 100:,.2f}" for cents in (point.answer.objective_cents, point.answer.bound_cents))
        bar = "#" * round(30 * point.placed / most)
        print(f"{point.value:>14} {point.classes:>8} {point.placed:>7} {point.unplaced:>8} {value:>16} {bound:>16}  "
              f"{point.answer.status.value:10} {bar}")  # fmt: skip

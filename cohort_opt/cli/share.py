"""Verb share: who pays what by a method of choice, and what that promises; or all methods side by side."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click

from cohort_opt.analysis.plan_shares import share_plan
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.plan_shares import print_plan_shares
from cohort_opt.cli.stored import stored_plan
from cohort_opt.cost_sharing import METHODS, Tools, compare, promises_of, share_classes
from cohort_opt.cost_sharing.plan_game import CONVENTIONS, Convention
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.solution import Solution
from cohort_opt.solver.linear_program import GlopProgram


@click.command("share")
@click.argument("instance", type=click.Path(path_type=Path))
@click.argument("proposal", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(tuple(METHODS)), default="equal", show_default=True, help="How to share.")
@click.option("--compare", "side_by_side", is_flag=True, help="All methods: dearest and cheapest seat, and who would object.")
@click.option(
    "--plan",
    "convention",
    type=click.Choice(tuple(CONVENTIONS)),
    is_flag=False,
    flag_value="own_and_proportional",
    help="Share the whole plan as one game instead, by its least core; say what a group could use by itself.",
)
@plainly
def share_verb(instance: Path, proposal: Path, method: str, side_by_side: bool, convention: Convention | None) -> None:
    """Share the cost of each class of PROPOSAL (proposal.json) between its companies. For the planner's eyes."""
    given = read_instance(instance)
    solution = stored_plan(given, proposal)
    tools = Tools(linear_program=GlopProgram())
    if convention is not None:
        print_plan_shares(share_plan(given, solution, convention), convention)
    elif side_by_side:
        _print_comparison(given, solution, tools)
    else:
        _print_shares(given, solution, method, tools)


def _print_shares(instance: Instance, solution: Solution, method: str, tools: Tools) -> None:
    shares = share_classes(instance, solution, method, tools)
    by_class = defaultdict(list)
    for share in shares:
        by_class[share.class_id].append(share)
    for class_id, rows in sorted(by_class.items()):
        print(f"{class_id}: {sum(row.share_cents for row in rows) / 100:,.2f} EUR for {sum(row.seats for row in rows)} seats")
        for row in rows:
            a_seat = row.share_cents / row.seats / 100
            print(f"  {row.company:40} {row.seats:4} seats {row.share_cents / 100:>12,.2f} EUR  {a_seat:>10,.2f} a seat")
    promises = promises_of(instance, solution, shares, method, tools)
    print(f"\nPromises of the method {method} ({promises.convention})")
    for name, number in promises.kept.items():
        print(f"  {name:28} kept in {number} of {len(solution.classes)} classes")
    for entry in promises.exceptions:
        label = "checked" if entry.checked else "claimed"
        by = f" by {entry.broken_by_cents / 100:,.2f} EUR" if entry.broken_by_cents else ""
        print(f"  {entry.promise}: {entry.state}{by} in {entry.class_id}: {', '.join(entry.witness)} ({label})")


def _print_comparison(instance: Instance, solution: Solution, tools: Tools) -> None:
    found = compare(instance, solution, tools)
    print(f"{'method':36} {'widest spread a seat':>22} {'strongest objection':>22}  who would object")
    for method in METHODS:
        rows = [row for row in found.methods if row.method == method]
        spread = max((row.spread_cents for row in rows), default=0)
        worst = max(rows, key=lambda row: row.objection_cents, default=None)
        objection, who = (0, ()) if worst is None else (worst.objection_cents, worst.objectors)
        note = next((row.note for row in rows if row.note), "") or ", ".join(who) or "nobody"
        print(f"{method:36} {spread / 100:>18,.2f} EUR {objection / 100:>18,.2f} EUR  {note}")

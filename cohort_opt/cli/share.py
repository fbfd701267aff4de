"""Verb share: who pays what by a method of choice, and what that promises; or all methods side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from cohort_opt.analysis.flexibility import flexibility_discounts
from cohort_opt.analysis.plan_shares import share_plan
from cohort_opt.cli.bills import alliance_bill, print_bill, print_discounts, write_shared
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.leave import leavers, print_settlements, terms_of
from cohort_opt.cli.plan_shares import print_plan_shares
from cohort_opt.cli.stored import stored_plan
from cohort_opt.cost_sharing import METHODS, Comparison, Tools, compare, pooling_gain, promises_of, share_classes
from cohort_opt.cost_sharing.alliances import ALLIANCES
from cohort_opt.cost_sharing.plan_game import CONVENTIONS, Convention
from cohort_opt.problem.read import read_instance
from cohort_opt.proposal import CostShare, Sharing
from cohort_opt.report import read_proposal
from cohort_opt.report.compared import draw_comparison
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
@click.option("--picture", type=click.Path(path_type=Path), help="With --compare: write the comparison as a picture (SVG).")
@click.option("--flexibility", type=click.IntRange(0, 100), help="Give back so many percent of what flexibility made possible.")
@click.option("--leave", multiple=True, help="COMPANY=DATE: who left and when; settles its classes. May be given again.")
@click.option(
    "--fee", multiple=True, help="DAYS=PERCENT: who leaves fewer days before the start owes so much. May be given again."
)
@click.option("--reserve", type=click.IntRange(0), default=0, help="Declared reserve for each class, in cents.")
@click.option("--bearer", default="academy", show_default=True, help="Who bears what stays open.")
@click.option("--alliance", type=click.Choice(tuple(ALLIANCES)), help="Who bears what in an alliance of this form.")
@click.option("--lead", default="", help="The lead firm of the alliance.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the proposal with the shares and promises of the method.")
@plainly
def share_verb(
    instance: Path,
    proposal: Path,
    method: str,
    side_by_side: bool,
    picture: Path | None,
    convention: Convention | None,
    flexibility: int | None,
    leave: tuple[str, ...],
    fee: tuple[str, ...],
    reserve: int,
    bearer: str,
    alliance: str | None,
    lead: str,
    out: Path | None,
) -> None:
    """Share the cost of each class of PROPOSAL (proposal.json) between its companies. For the planner's eyes."""
    given = read_instance(instance)
    solution = stored_plan(given, proposal)
    tools = Tools(linear_program=GlopProgram())
    shares = share_classes(given, solution, method, tools)
    if convention is not None:
        print_plan_shares(share_plan(given, solution, convention), convention)
    elif side_by_side:
        found = compare(given, solution, tools)
        _print_comparison(found)
        if picture is not None:
            picture.write_text(draw_comparison(found), encoding="utf-8")
    elif flexibility is not None:
        pooling = pooling_gain(given, solution, shares)
        print_discounts(flexibility_discounts(given, solution, pooling, flexibility), pooling)
    elif leave:
        print_settlements(given, solution, shares, leavers(leave), terms_of(fee, reserve, bearer))
    elif alliance is not None:
        print_bill(alliance_bill(given, solution, shares, alliance, lead))
    else:
        promises = promises_of(given, solution, shares, method, tools)
        _print_shares(solution, shares, promises)
        if out is not None:
            write_shared(read_proposal(proposal), shares, promises, pooling_gain(given, solution, shares), out)


def _print_shares(solution: Solution, shares: Sequence[CostShare], promises: Sharing) -> None:
    by_class = defaultdict(list)
    for share in shares:
        by_class[share.class_id].append(share)
    for class_id, rows in sorted(by_class.items()):
        print(f"{class_id}: {sum(row.share_cents for row in rows) / 100:,.2f} EUR for {sum(row.seats for row in rows)} seats")
        for row in rows:
            a_seat = row.share_cents / row.seats / 100
            print(f"  {row.company:40} {row.seats:4} seats {row.share_cents / 100:>12,.2f} EUR  {a_seat:>10,.2f} a seat")
    print(f"\nPromises of the method {promises.method} ({promises.convention})")
    for name, number in promises.kept.items():
        print(f"  {name:28} kept in {number} of {len(solution.classes)} classes")
    for entry in promises.exceptions:
        label = "checked" if entry.checked else "claimed"
        subsidy = (
            "" if entry.subsidy_cents is None else f"; {entry.subsidy_cents / 100:,.2f} EUR of subsidy would make it possible"
        )
        by = f" by {entry.broken_by_cents / 100:,.2f} EUR" if entry.broken_by_cents else ""
        print(f"  {entry.promise}: {entry.state}{by} in {entry.class_id}: {', '.join(entry.witness)} ({label}{subsidy})")


def _print_comparison(found: Comparison) -> None:
    print(f"{'method':36} {'widest spread a seat':>22} {'strongest objection':>22}  who would object")
    for method in METHODS:
        rows = [row for row in found.methods if row.method == method]
        spread = max((row.spread_cents for row in rows), default=0)
        worst = max(rows, key=lambda row: row.objection_cents, default=None)
        objection, who = (0, ()) if worst is None else (worst.objection_cents, worst.objectors)
        note = next((row.note for row in rows if row.note), "") or ", ".join(who) or "nobody"
        print(f"{method:36} {spread / 100:>18,.2f} EUR {objection / 100:>18,.2f} EUR  {note}")

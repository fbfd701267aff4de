"""Commitments: agreed seats are kept or moved at a price; frozen and started ones stay.

price of moving one trainee = price of its state * (change_weeks - weeks to the start) / change_weeks, not below 0, rounded half
up to the cent; the full price where `change_weeks` is 0. A seat in a run that can no longer be is moved by any plan.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Commitment, InstanceRecords

RULE = "commitments"


def is_frozen(instance: InstanceRecords, commitment: Commitment) -> bool:
    """Return whether the seat stays whatever it costs."""
    if commitment.state == "started":
        return True
    if instance.planning_date is None:
        return False
    return commitment.start < instance.planning_date + dt.timedelta(weeks=instance.prices.frozen_weeks)


def change_cents(instance: InstanceRecords, commitment: Commitment) -> int:
    """Return what moving one trainee of the commitment costs."""
    prices = instance.prices
    full = prices.change_cents_published if commitment.state == "published" else prices.change_cents_agreed
    weeks = prices.change_weeks
    if not weeks or instance.planning_date is None:
        return full
    near = min(max(weeks - (commitment.start - instance.planning_date).days // 7, 0), weeks)
    return (2 * full * near + weeks) // (2 * weeks)


def frozen_runs(instance: Instance) -> set[str]:
    """Return the ids of the runs with frozen seats; they stay candidates even where too few could attend."""
    return {held.run for held in instance.commitments if is_frozen(instance, held)}


def applies(instance: Instance) -> bool:
    """Return whether anything is agreed."""
    return bool(instance.commitments)


def arrays(view: View) -> dict[str, Any]:
    """Return agreed seats and their prices by arc, frozen ones as pins, and the price of those that no plan can keep."""
    problem, instance = view.problem, view.instance
    committed, price = problem.arc_committed.copy(), problem.arc_change_cents.copy()
    arc_pinned, run_pinned = problem.arc_pinned.copy(), problem.run_pinned.copy()
    constant = problem.constant_cents
    lost: list[Commitment] = []
    for held in instance.commitments:
        r = view.run.get(held.run)
        arc = None if r is None else view.arc.get((view.group[held.demand], r))
        if (r is not None and view.runs[r].start != held.start) or (arc is None and is_frozen(instance, held)):
            lost.append(held)
        elif is_frozen(instance, held) and arc is not None and r is not None:
            arc_pinned[arc] = max(int(arc_pinned[arc]), held.count)
            run_pinned[r] = max(int(run_pinned[r]), 1)
        elif arc is None:
            constant += held.count * change_cents(instance, held)
        else:
            committed[arc], price[arc] = held.count, change_cents(instance, held)
    if lost:
        raise InstanceError([_cannot_stay(view, held) for held in lost])
    return {
        "arc_committed": committed, "arc_change_cents": price, "constant_cents": constant, "arc_pinned": arc_pinned,
        "run_pinned": run_pinned,
    }  # fmt: skip


def _cannot_stay(view: View, held: Commitment) -> InputProblem:
    key = f"{held.demand}, {held.run}"
    r = view.run.get(held.run)
    if r is not None and view.runs[r].start != held.start:
        rule = f"the run starts on {view.runs[r].start}"
        return InputProblem("contradictory-commitments", f"Commitment[{key}]", str(held.start), rule, "correct the start",
                            f"/commitments/{key}/start")  # fmt: skip
    return InputProblem(
        "contradictory-commitments", f"Commitment[{key}]", f"{held.count} trainees, {held.state}",
        "the seats are frozen, but the run cannot be or the line may not attend it",
        "change the rule that forbids it, or the state of the commitment", f"/commitments/{key}",
    )  # fmt: skip

"""Ordered goals as arrays: what each of them counts of a plan, in trainees or cents.

placed  = sum of trainees without a seat                        changes = sum of the price of moved seats
cost    = sum of fixed and seat prices of the classes           travel  = sum of journeys and boarding
spread  = sum over courses of the dearest less the cheapest seat price, ceil(fixed / size) + seat, of its classes
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import waiting_cents
from cohort_opt.problem.records.goal import GoalName
from cohort_opt.problem.run import Run


@dataclass(frozen=True, slots=True)
class CompactGoal:
    """One goal: the smaller, the better.

    Parameters
    ----------
    per_class, per_seat, per_waiting
        What each class of a run (R,), each trainee on an arc (A,) and each trainee of a group without a seat (G,) counts.
    """

    name: GoalName
    per_class: Ints
    per_seat: Ints
    per_waiting: Ints


def goals_of(instance: Instance, runs: Sequence[Run], problem: CompactProblem) -> tuple[CompactGoal, ...]:
    """Return the goals of an instance in its order; none where it minimises one sum of cents."""
    return tuple(_goal(name, instance, runs, problem) for name in instance.goals)


def _goal(name: GoalName, instance: Instance, runs: Sequence[Run], problem: CompactProblem) -> CompactGoal:
    nothing = CompactGoal(name, np.zeros_like(problem.run_fixed_cents), np.zeros_like(problem.arc_cents),
                          np.zeros_like(problem.group_count))  # fmt: skip
    if name == "placed":
        return CompactGoal(name, nothing.per_class, nothing.per_seat, np.ones_like(problem.group_count))
    price = {offering.id: offering.seat_cents for offering in instance.offerings}
    seat = np.array([price[run.offering] for run in runs], dtype=np.int64)[problem.arc_run]
    if name == "cost":
        return CompactGoal(name, problem.run_fixed_cents, seat, nothing.per_waiting)
    if name == "travel":
        per_week = instance.prices.waiting_cents_per_week
        pairs = zip(problem.arc_group.tolist(), problem.arc_run.tolist(), strict=True)
        waits = [waiting_cents(instance.demands[g].earliest_start, runs[r].start, per_week) for g, r in pairs]
        journeys = problem.arc_cents + problem.arc_credit_cents - seat - np.array(waits, dtype=np.int64)
        return CompactGoal(name, nothing.per_class, journeys, nothing.per_waiting)
    return nothing  # `changes` and `spread` have arrays of their own in the problem

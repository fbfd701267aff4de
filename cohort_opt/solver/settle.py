"""Among plans that cost the same, the one nearest to the plan that the search started from.

All costs are multiplied by more than the greatest number of moves, and each trainee who leaves a seat of the start costs one: a
cheaper plan always wins, and between equals the one that moves fewer.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver import sat
from cohort_opt.solver.limits import Limits

LARGEST_ARCS = 6_000
"""Beyond this the plain model is no match for the pieces that made the plan."""
BUDGET = 5.0
"""Deterministic (or wall) seconds that may be spent on looking."""
_EXACT = 2**53


def moves(problem: CompactProblem, start: Plan, plan: Plan) -> int:
    """Return how many trainees leave a seat of the start."""
    return int(np.maximum(start.seats(problem) - plan.seats(problem), 0).sum())


def settle(problem: CompactProblem, plan: Plan, start: Plan, limits: Limits) -> Plan:
    """Return a plan that costs no more than the given one and moves as few trainees out of the start as was found."""
    before = moves(problem, start, plan)
    if before == 0 or problem.num_arcs > LARGEST_ARCS or limits.left() <= 0:
        return plan
    scaled = _scaled(problem, start)
    if scaled is None:
        return plan
    built = build(scaled)
    built.hint(plan)
    outcome = sat.run_cp_sat(built, **limits.sat_options(BUDGET))
    sat.charge(outcome, limits)
    found = outcome.plan
    if found is None or found.faults(problem) or found.value(problem) > plan.value(problem):
        return plan
    return found if moves(problem, start, found) < before or found.value(problem) < plan.value(problem) else plan


def _scaled(problem: CompactProblem, start: Plan) -> CompactProblem | None:
    """Return the problem whose costs put fewest moves last; `None` where figures leave the exact integers or read prices."""
    if len(problem.budgets) or len(problem.spreads):
        return None  # these rows read the fixed cost of a class, which may not be scaled
    seats = start.seats(problem)
    agreed = (problem.arc_change_cents * problem.arc_committed) > 0
    factor = int(seats[~agreed].sum()) + 1
    if factor == 1 or problem.largest_sum() * factor >= _EXACT:
        return None
    return replace(
        problem,
        group_unplaced_cents=problem.group_unplaced_cents * factor,
        run_fixed_cents=problem.run_fixed_cents * factor,
        arc_cents=problem.arc_cents * factor,
        arc_group_cents=problem.arc_group_cents * factor,
        run_off_target_cents=problem.run_off_target_cents * factor,
        arc_committed=np.where(agreed, problem.arc_committed, seats),
        arc_change_cents=np.where(agreed, problem.arc_change_cents * factor, 1),
        constant_cents=problem.constant_cents * factor,
    )

"""A goal as a linear expression of a model, and its value in a plan."""

from __future__ import annotations

import numpy as np

from cohort_opt.model.constraints.price_spread import dearest_and_cheapest
from cohort_opt.model.couplings import seat_price
from cohort_opt.model.objective import changes
from cohort_opt.model.plan import Plan
from cohort_opt.model.variables import Variables
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.problem.goals import CompactGoal

Expression = tuple[Ints, Ints]
"""Variables and their coefficients."""


def expression(goal: CompactGoal, problem: CompactProblem, variables: Variables) -> Expression:
    """Return what the goal counts; variables that it needs are added to the model."""
    slots = variables.slots
    terms: list[Expression] = [
        (variables.open_classes, goal.per_class[slots.run]),
        (variables.seats, goal.per_seat[slots.seat_arc]),
        (variables.waiting, goal.per_waiting),
    ]
    if goal.name == "changes" and changes.applies(problem):
        terms.append(changes.terms(problem, variables))
    if goal.name == "spread":
        for i in range(len(problem.spreads)):
            ends = dearest_and_cheapest(variables.model, problem, variables, problem.spreads.row(i)[0])
            terms.append((np.array(ends, dtype=np.int64), np.array([1, -1], dtype=np.int64)))
    made, factor = (np.concatenate(parts) for parts in zip(*terms, strict=True))
    used = factor != 0
    return made[used], factor[used]


def value(goal: CompactGoal, problem: CompactProblem, plan: Plan) -> int:
    """Return what the goal counts of a plan, in Python integers; of changes what no plan can avoid counts as well."""
    counted = int(goal.per_class[plan.class_run].sum()) + int((goal.per_waiting * plan.unplaced(problem)).sum())
    counted += int((goal.per_seat * plan.seats(problem)).sum())
    if goal.name == "changes":
        moved = np.maximum(problem.arc_committed - plan.seats(problem), 0)
        counted += problem.constant_cents + int((moved * problem.arc_change_cents).sum())
    return counted + (_spread(problem, plan) if goal.name == "spread" else 0)


def _spread(problem: CompactProblem, plan: Plan) -> int:
    found = 0
    sizes = plan.sizes().tolist()
    for i in range(len(problem.spreads)):
        runs = set(problem.spreads.row(i)[0].tolist())
        prices = [
            seat_price(int(problem.run_fixed_cents[run]), int(problem.run_seat_cents[run]), max(sizes[k], 1))
            for k, run in enumerate(plan.class_run.tolist())
            if run in runs
        ]
        found += max(prices, default=0) - min(prices, default=0)
    return found

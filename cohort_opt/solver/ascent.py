"""Prices by subgradient ascent: near the best bound in some hundred sorts, without any linear program.

Deflected directions and a Polyak step towards the best plan known (Held, Wolfe & Crowder 1974, 10.1007/BF01580223; Camerini,
Fratta & Maffioli 1975, 10.1007/BFb0120698).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cohort_opt.model.plan import Plan
from cohort_opt.solver.matrix import Floats
from cohort_opt.solver.pricing import Priced, Pricer, Prices

MEMORY = 0.7
"""Share of the last direction in the next one."""
PATIENCE = 8
"""Steps without a better bound before the step is shortened and the search returns to the best prices."""


def first_prices(pricer: Pricer, plan: Plan) -> Prices:
    """Return prices read off a plan: what a seat costs each group there, and the price of waiting for who has none."""
    problem = pricer.problem
    share = problem.run_fixed_cents[plan.class_run] / np.maximum(plan.sizes(), 1)
    paid = (share[plan.member_class] + pricer.cents[plan.member_arc(problem)]) * plan.member_count
    seats = np.bincount(plan.member_group, weights=plan.member_count, minlength=problem.num_groups)
    total = np.bincount(plan.member_group, weights=paid, minlength=problem.num_groups)
    waiting = problem.group_unplaced_cents.astype(np.float64)
    group = np.where(seats > 0, np.minimum(total / np.maximum(seats, 1), waiting), waiting)
    return Prices.of(group, np.zeros(len(pricer.capacity)), np.zeros(len(pricer.absence)))


def ascend(
    pricer: Pricer,
    start: Prices,
    target: int,
    *,
    steps: int,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[int], None] | None = None,
) -> tuple[int, Prices]:
    """Return the best bound met and its prices.

    Parameters
    ----------
    target
        Value of the best plan known; steps aim a little below it.
    steps
        Most steps, each one pricing of all runs.
    stop
        Asked before each step.
    """
    highest = np.concatenate((_ceiling(pricer), np.zeros(len(start.capacity) + len(start.absence))))
    at = start.flat()
    best, best_at, direction = -(2**62), at, None
    pace, waited = 1.0, 0
    for _ in range(steps):
        if stop():
            break
        priced = pricer.price(pricer.prices(at))
        if priced.bound > best:
            best, best_at, waited = priced.bound, at, 0
            if tell is not None:
                tell(best)
        else:
            waited += 1
        if waited >= PATIENCE:
            pace, waited, at, direction = pace * MEMORY, 0, best_at, None
            continue
        slope = _slope(pricer, priced)
        slope[(at >= highest) & (slope > 0)] = 0.0
        direction = slope if direction is None else (1 - MEMORY) * slope + MEMORY * direction
        length = float((direction * direction).sum())
        if length == 0:
            break
        ahead = max(0.97 * target - priced.bound, 0.001 * abs(target))
        at = np.minimum(at + pace * ahead / length * direction, highest)
    return best, pricer.prices(best_at)


def _ceiling(pricer: Pricer) -> Floats:
    """Return the highest useful price of each group."""
    problem = pricer.problem
    dear = float(problem.group_unplaced_cents.max(initial=0) + problem.run_fixed_cents.max(initial=0)) + 10**6
    return np.where(problem.group_must_place, dear, problem.group_unplaced_cents).astype(np.float64)


def _slope(pricer: Pricer, priced: Priced) -> Floats:
    """Return how the bound changes with each price: what is asked, minus what the cheapest classes use."""
    problem = pricer.problem
    classes = np.where(priced.value < 0, pricer.cap, 0)
    seats = priced.take * classes[problem.arc_run]
    groups = problem.group_count - np.bincount(problem.arc_group, weights=seats, minlength=problem.num_groups)
    return np.concatenate((groups, pricer.slack(pricer.capacity, classes), pricer.slack(pricer.absence, seats)))

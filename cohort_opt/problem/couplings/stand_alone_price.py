"""Stand-alone price: an equal share and the journeys of a line in a class cost at most what its trainees there cost outside.

cost of the class * k / n + journeys of k <= cheapest outside option of k      k of the line among n in the class

For each k that is a least size of the class, in whole trainees; the more of a line sit together, the larger it must be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import waiting_cents
from cohort_opt.problem.records import Demand

RULE = "stand_alone_price"


def applies(instance: Instance) -> bool:
    """Return whether any line asks for it."""
    return any(demand.not_above_alone for demand in instance.demands)


def arrays(view: View) -> dict[str, Any]:
    """Return the size steps of every arc of a line that asks."""
    instance, problem = view.instance, view.problem
    week = instance.prices.waiting_cents_per_week
    steps: list[tuple[int, int, int]] = []
    for g, demand in enumerate(instance.demands):
        if not demand.not_above_alone:
            continue
        for arc in view.arcs_of_group(g).tolist():
            r = int(problem.arc_run[arc])
            run, fixed = view.runs[r], int(problem.run_fixed_cents[r])
            # Waiting is not real money: what is left of the arc's cost is the seat and the way to it.
            each = int(problem.arc_cents[arc]) - waiting_cents(demand.earliest_start, run.start, week)
            bounds = (int(problem.run_min[r]), int(problem.run_max[r]))
            steps += [(arc, *step) for step in _steps(demand, fixed, each, *bounds)]
    return {"size_steps": np.array(steps, dtype=np.int64).reshape(-1, 3)}


def _steps(demand: Demand, fixed: int, each: int, least: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield (count, size) wherever the least size grows above what it must be anyway."""
    asked = least
    for k in range(1, min(demand.count, most) + 1):
        spare = _outside_cents(demand, k) - each * k
        never = spare < 0 or (spare == 0 and fixed > 0)
        size = most + 1 if never else -(-fixed * k // max(spare, 1))
        if min(size, most + 1) > max(asked, k):
            asked = min(size, most + 1)
            yield k, asked
        if asked > most:
            return


def _outside_cents(demand: Demand, k: int) -> int:
    outside, options = demand.outside, []
    if outside.own_course_fixed_cents is not None and outside.own_course_seat_cents is not None:
        options.append(outside.own_course_fixed_cents + outside.own_course_seat_cents * k)
    if outside.list_price_cents is not None:
        options.append(outside.list_price_cents * k)
    return min(options) + outside.travel_cents * k

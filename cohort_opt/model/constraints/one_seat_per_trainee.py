"""One seat per trainee: every trainee sits in one class or is counted as without a seat.

sum_r x[g,r] + u[g] = n[g]      for every group g
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether there is anybody to place."""
    return problem.num_groups > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per group; keys are group ids."""
    group_of_seat = problem.arc_group[variables.slots.seat_arc]
    order = np.argsort(group_of_seat, kind="stable")
    start = np.searchsorted(group_of_seat[order], np.arange(problem.num_groups + 1))
    seats, waiting, counts = variables.seats[order].tolist(), variables.waiting.tolist(), problem.group_count.tolist()
    for g, name in enumerate(problem.group_ids):
        row = [*seats[start[g] : start[g + 1]], waiting[g]]
        yield name, model.add_row(row, [1] * len(row), counts[g], counts[g])

"""Capacity: on every day, open classes use no more rooms and instructors of a pool than it has.

sum_r use[i,r] y[r] <= limit[i]      for every pool and day i
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any pool is limited."""
    return len(problem.capacity) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per pool and day; keys are the names of the rows."""
    start = variables.slots.start
    for i, name in enumerate(problem.capacity.names):
        runs, use = problem.capacity.row(i)
        copies = start[runs + 1] - start[runs]
        slots = np.concatenate([np.arange(start[r], start[r + 1]) for r in runs.tolist()] or [np.zeros(0, dtype=np.int64)])
        limit = int(problem.capacity.limit[i])
        yield name, model.add_row(variables.open_classes[slots], np.repeat(use, copies), UNBOUNDED, limit)

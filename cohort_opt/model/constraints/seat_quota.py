"""Quota of seats: over several sums of seats, what each uses beyond its free part stays together within the limit.

sum over blocks b of e[b] <= limit      e[b] = max(0, max over steps (min(most, sum amount x) - free)), see `model/quotas.py`

A quota of one sum without a free part is a row over arcs instead (`problem/shared_rows/seat_quota.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.quotas import block_variables
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.problem.stepwise import HARD

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any quota must hold."""
    return bool((problem.quotas.cents == HARD).any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per quota; keys are the names of the quotas."""
    for quota in np.flatnonzero(problem.quotas.cents == HARD).tolist():
        used = block_variables(problem, variables, quota)
        yield problem.quotas.names[quota], model.add_row(used, [1] * len(used), UNBOUNDED, int(problem.quotas.limit[quota]))

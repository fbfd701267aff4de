"""Must place: a group for which waiting is forbidden leaves nobody without a seat.

u[g] = 0      for every such group g
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether waiting is forbidden for any group."""
    return bool(problem.group_must_place.any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per group; keys are group ids."""
    for g in np.flatnonzero(problem.group_must_place).tolist():
        yield problem.group_ids[g], model.add_row([int(variables.waiting[g])], [1], 0, 0)

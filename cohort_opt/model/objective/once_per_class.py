"""Once per class: a cost for each class that holds any of the group: sum of group_cost[g,r] p[g,r], in cents.

A negative cost would be a reward for presence without a trainee; it is refused when the model is built.
"""

from __future__ import annotations

import numpy as np

from cohort_opt.model.variables import Variables
from cohort_opt.problem.compact import CompactProblem, Ints


def applies(problem: CompactProblem) -> bool:
    """Return whether any arc carries such a cost."""
    return bool(problem.arc_group_cents.any())


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients."""
    cents = problem.arc_group_cents[variables.slots.seat_arc]
    paid = np.flatnonzero(cents > 0)
    return variables.presence()[paid], cents[paid]

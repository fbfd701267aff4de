"""Class order: parallel classes of one run that have own variables open in order, so that each plan is met once.

    y[r,k] >= y[r,k+1]      for every run r that a rule looks into, k = its classes in order

It forbids no plan, only second copies of one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any run needs ordered class copies."""
    return bool((problem.looks_inside() & (problem.run_cap > 1)).any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per neighbouring pair of copies; keys are class ids."""
    y = variables.open_classes
    for slot in np.flatnonzero(variables.slots.number > 0).tolist():
        yield variables.slot_name(slot), model.add_row([int(y[slot]), int(y[slot - 1])], [1, -1], UNBOUNDED, 0)

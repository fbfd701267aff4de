"""Pins: what a planner has fixed stays: so many of a group sit in a run, so many classes of a run open.

sum_k x[g,r,k] >= pinned[g,r],   sum_k y[r,k] >= pinned[r]      k = the slots of run r
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether anything is pinned."""
    return bool((problem.arc_pinned > 0).any() or (problem.run_pinned > 0).any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per pin; keys are `group@run` and run ids."""
    for arc in np.flatnonzero(problem.arc_pinned > 0).tolist():
        name = f"{problem.group_ids[int(problem.arc_group[arc])]}@{problem.run_ids[int(problem.arc_run[arc])]}"
        seats = variables.seats[variables.seats_of_arc(arc)]
        yield name, model.add_row(seats, -np.ones_like(seats), UNBOUNDED, -int(problem.arc_pinned[arc]))
    start = variables.slots.start
    for run in np.flatnonzero(problem.run_pinned > 0).tolist():
        y = variables.open_classes[start[run] : start[run + 1]]
        yield problem.run_ids[run], model.add_row(y, -np.ones_like(y), UNBOUNDED, -int(problem.run_pinned[run]))

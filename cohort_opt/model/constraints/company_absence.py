"""Company absence: at most so many trainees of one company are away on one day.

sum over arcs a whose run teaches on the day of x[a] <= limit[i]      for every company and day i
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any company limits its absences."""
    return len(problem.absence) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per company and day; keys are the names of the rows."""
    for i, name in enumerate(problem.absence.names):
        arcs, use = problem.absence.row(i)
        seats = [variables.seats_of_arc(arc) for arc in arcs.tolist()]
        coefficients = np.repeat(use, [len(found) for found in seats])
        flat = np.concatenate(seats) if seats else np.zeros(0, dtype=np.int64)
        yield name, model.add_row(variables.seats[flat], coefficients, UNBOUNDED, int(problem.absence.limit[i]))

"""Changes: the price of moving trainees who are already agreed: sum over arcs of change[a] (committed[a] - x[a])+, in cents."""

from __future__ import annotations

import numpy as np

from cohort_opt.model.variables import UNBOUNDED, Variables
from cohort_opt.problem.compact import CompactProblem, Ints


def applies(problem: CompactProblem) -> bool:
    """Return whether moving anybody costs anything."""
    return bool((problem.arc_change_cents * problem.arc_committed).any())


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients: one variable for each arc with a price of change."""
    arcs = np.flatnonzero(problem.arc_change_cents * problem.arc_committed > 0)
    held = problem.arc_committed[arcs]
    seats = [variables.seats_of_arc(arc) for arc in arcs.tolist()]

    def moved(_: Ints, x: Ints) -> Ints:
        return np.array([max(n - int(x[s].sum()), 0) for n, s in zip(held.tolist(), seats, strict=True)], dtype=np.int64)

    made = variables.derive(np.zeros_like(held), held, moved)
    for variable, at, count in zip(made.tolist(), seats, held.tolist(), strict=True):
        row = [variable, *variables.seats[at].tolist()]
        variables.model.add_row(row, [-1] * len(row), UNBOUNDED, -count)
    return made, problem.arc_change_cents[arcs]

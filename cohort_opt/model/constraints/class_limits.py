"""Class limits: rows inside one class: so many of a course, of the others, or of the firm lines at least or at most.

lower[i] y[r] <= sum of x[a,r] over the arcs a of row i <= upper[i] y[r]      for every row i, in every slot of its run r

The rules `combination`, `reservation` and `firm_minimum` are such rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any row stands inside a class."""
    return len(problem.class_limits) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post the rows that can bind, slot by slot; keys are `row,min` and `row,max`, with the class where there are several."""
    limits, slots = problem.class_limits, variables.slots
    for i, name in enumerate(limits.names):
        run, arcs = int(limits.run[i]), limits.arcs(i)
        low, high = int(limits.lower[i]), int(limits.upper[i])
        most = min(int(problem.group_count[problem.arc_group[arcs]].sum()), int(problem.run_max[run]))
        for slot in range(int(slots.start[run]), int(slots.start[run + 1])):
            place = slots.seat_start[slot] + arcs - variables.first_arc[run]
            seats, y = variables.seats[place].tolist(), int(variables.open_classes[slot])
            key = name if slots.start[run + 1] - slots.start[run] == 1 else f"{name}#{slots.number[slot] + 1}"
            if low > 0:
                yield f"{key},min", model.add_row([*seats, y], [-1] * len(seats) + [low], UNBOUNDED, 0)
            if high < most:
                yield f"{key},max", model.add_row([*seats, y], [1] * len(seats) + [-high], UNBOUNDED, 0)

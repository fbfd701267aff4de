"""Apart: two groups that may not meet never sit in one class.

p[g,r] + p[h,r] <= y[r]      for every pair (g, h) kept apart and every slot r that both may attend
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.plan import find_arcs
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem, Ints

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any pair is kept apart."""
    return len(problem.apart) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per pair and slot; keys are `group@run|group`."""
    present, y = variables.presence(), variables.open_classes
    for first, second in problem.apart.tolist():
        for seat, other in _shared_seats(problem, variables, first, second).tolist():
            slot = int(variables.slots.seat_slot[seat])
            row = [int(present[seat]), int(present[other]), int(y[slot])]
            yield f"{variables.seat_name(seat)}|{problem.group_ids[second]}", model.add_row(row, [1, 1, -1], UNBOUNDED, 0)


def _shared_seats(problem: CompactProblem, variables: Variables, first: int, second: int) -> Ints:
    """Return pairs of seats of the two groups in one slot, shape (k, 2)."""
    arcs = np.flatnonzero(problem.arc_group == first)
    others = find_arcs(problem, problem.arc_run[arcs], np.full(len(arcs), second, dtype=np.int64))
    pairs = [
        np.stack((variables.seats_of_arc(arc), variables.seats_of_arc(other)), axis=1)
        for arc, other in zip(arcs.tolist(), others.tolist(), strict=True)
        if other >= 0
    ]
    return np.concatenate(pairs) if pairs else np.zeros((0, 2), dtype=np.int64)

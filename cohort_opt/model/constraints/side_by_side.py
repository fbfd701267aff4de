"""Side by side: a class that holds any of one group holds some of the other.

p[g,r] <= x[h,r],   p[h,r] <= x[g,r]      for every pair (g, h) and every slot r; p = the group is in the class
x[g,r] = 0                                where only one of the two may attend
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.plan import find_arcs
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any pair sits side by side."""
    return len(problem.side_by_side) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per group of a pair and slot; keys are `group@run|other group`."""
    present = variables.presence()
    for pair in problem.side_by_side.tolist():
        for group, other in (pair, pair[::-1]):
            arcs = np.flatnonzero(problem.arc_group == group)
            partners = find_arcs(problem, problem.arc_run[arcs], np.full(len(arcs), other, dtype=np.int64))
            for arc, partner in zip(arcs.tolist(), partners.tolist(), strict=True):
                mine = variables.seats_of_arc(arc).tolist()
                theirs = variables.seats_of_arc(partner).tolist() if partner >= 0 else [-1] * len(mine)
                for seat, next_to in zip(mine, theirs, strict=True):
                    name = f"{variables.seat_name(seat)}|{problem.group_ids[other]}"
                    if next_to < 0:
                        yield name, model.add_row([int(variables.seats[seat])], [1], UNBOUNDED, 0)
                    else:
                        row = [int(present[seat]), int(variables.seats[next_to])]
                        yield name, model.add_row(row, [1, -1], UNBOUNDED, 0)

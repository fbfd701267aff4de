"""Price cap: a group whose seat may cost at most so much sits only in classes that are full enough.

sum_h x[h,r] >= min_size[g,r] p[g,r]      p = the group is in the class
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import Bools, CompactProblem

EFFECT = RESTRICTS


def asked(problem: CompactProblem) -> Bools:
    """Return shape (A,): arcs that ask for more than the minimum of the class."""
    return problem.arc_min_size > problem.run_min[problem.arc_run]


def applies(problem: CompactProblem) -> bool:
    """Return whether any group asks for a class above its minimum."""
    return bool(asked(problem).any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per seat that asks; keys are `group@run`."""
    slots, present = variables.slots, variables.presence()
    size = problem.arc_min_size[slots.seat_arc]
    for seat in np.flatnonzero(asked(problem)[slots.seat_arc]).tolist():
        members = variables.seats[slots.seats_of(int(slots.seat_slot[seat]))].tolist()
        row = [*members, int(present[seat])]
        yield variables.seat_name(seat), model.add_row([*row], [-1] * len(members) + [int(size[seat])], UNBOUNDED, 0)

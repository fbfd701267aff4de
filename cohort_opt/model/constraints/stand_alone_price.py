"""Stand-alone price: so many of a group sit only in a class that is full enough, so that none pays more than alone.

x[a,r] <= count - 1 + upper[a] b,   sum of the class >= size b      for every size step (a, count, size), in every slot r of a

The more of a group sit together, the cheaper a course of its own would be, so the class must be larger: one step for each size.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any group has a size step."""
    return len(problem.size_steps) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per step and slot; keys are `group@run,count`."""
    slots = variables.slots
    for arc, count, size in problem.size_steps.tolist():
        for seat in variables.seats_of_arc(arc).tolist():
            slot = int(slots.seat_slot[seat])
            x, upper = int(variables.seats[seat]), int(slots.seat_upper[seat])
            key = f"{variables.seat_name(seat)},{count}"
            if count > upper:
                continue
            if size > problem.run_max[slots.run[slot]]:
                yield key, model.add_row([x], [1], UNBOUNDED, count - 1)
                continue
            reached = _reached(variables, seat, count)
            model.add_row([x, reached], [1, count - 1 - upper], UNBOUNDED, count - 1)
            members = variables.seats[slots.seats_of(slot)].tolist()
            yield key, model.add_row([*members, reached], [-1] * len(members) + [size], UNBOUNDED, 0)


def _reached(variables: Variables, seat: int, count: int) -> int:
    """Return the Boolean "at least `count` of the group sit here"."""
    zero = np.zeros(1, dtype=np.int64)
    made = variables.derive(zero, zero + 1, lambda _, x: (x[seat : seat + 1] >= count).astype(np.int64))
    return int(made[0])

"""Parts: a class that holds any of a group holds at least its smallest part; together = the whole group is one part.

x[g,r] >= min_part[g] p[g,r],   x[g,r] <= upper p[g,r],   p[g,r] <= y[r]      p = the group is in the class
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any group asks for parts of more than one."""
    return bool((problem.group_min_part > 1).any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post the smallest part and the link to the class; keys are `group@run` and `group@run,open`."""
    slots, present = variables.slots, variables.presence()
    part = problem.group_min_part[problem.arc_group[slots.seat_arc]]
    for seat in np.flatnonzero(part > 1).tolist():
        x, p, name = int(variables.seats[seat]), int(present[seat]), variables.seat_name(seat)
        y = int(variables.open_classes[slots.seat_slot[seat]])
        yield name, model.add_row([x, p], [-1, int(part[seat])], UNBOUNDED, 0)
        yield f"{name},open", model.add_row([p, y], [1, -1], UNBOUNDED, 0)

"""Support seats: trainees and the support that comes with their groups find a seat in each class.

sum of x[s] + sum of support[s] p[s] <= max[r] y[slot]      for every slot with support, p[s] = the group is in the class
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether support takes any seat."""
    return bool(problem.arc_support_seats.any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per slot in which support may take seats; keys are the names of the slots."""
    slots, presence = variables.slots, variables.presence()
    support = problem.arc_support_seats[slots.seat_arc]
    for slot in np.unique(slots.seat_slot[support > 0]).tolist():
        inside = slots.seats_of(slot)
        takes = inside[support[inside] > 0]
        row = [*variables.seats[inside].tolist(), *presence[takes].tolist(), int(variables.open_classes[slot])]
        factor = [*([1] * len(inside)), *support[takes].tolist(), -int(problem.run_max[slots.run[slot]])]
        yield variables.slot_name(slot), model.add_row(row, factor, UNBOUNDED, 0)

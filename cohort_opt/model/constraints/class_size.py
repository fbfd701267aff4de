"""Class size: every open class holds between its minimum and its maximum; a closed one holds nobody.

min[r] y[r] <= sum_g x[g,r] <= max[r] y[r]      for every slot r, y[r] = number of its classes that open
x[g,r] <= min(n[g], max[r]) y[r]                redundant, and worth keeping: it makes the relaxation tight
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any run exists."""
    return problem.num_runs > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post minimum, maximum and the strong rows of each slot; keys are `run,min`, `run,max` and `group@run`."""
    slots = variables.slots
    seats, seat_start = variables.seats.tolist(), slots.seat_start.tolist()
    least, most = problem.run_min[slots.run].tolist(), problem.run_max[slots.run].tolist()
    of_group = problem.group_count[problem.arc_group[slots.seat_arc]]
    strong = np.minimum(of_group, problem.run_max[slots.run[slots.seat_slot]]).tolist()
    for s, y in enumerate(variables.open_classes.tolist()):
        members = seats[seat_start[s] : seat_start[s + 1]]
        ones, name = [1] * len(members), variables.slot_name(s)
        if least[s] > 0:
            yield f"{name},min", model.add_row([*members, y], [-1] * len(members) + [least[s]], UNBOUNDED, 0)
        yield f"{name},max", model.add_row([*members, y], [*ones, -most[s]], UNBOUNDED, 0)
        for seat, x in enumerate(members, start=seat_start[s]):
            yield variables.seat_name(seat), model.add_row([x, y], [1, -strong[seat]], UNBOUNDED, 0)

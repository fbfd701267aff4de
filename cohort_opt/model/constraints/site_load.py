"""Site load: the runs of one site and year, or the classes of a run that will be merged, hold nobody or at least so many.

sum of the seats of all slots >= limit * used           used = 1 where the site holds anybody that year
seats of the slot <= largest class * classes * used     for every slot of the runs
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem, Ints

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any runs open only for so many."""
    return len(problem.loads) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per site and year, or run; keys are the names of the rows."""
    for i, name in enumerate(problem.loads.names):
        slots = _slots(problem, variables, i)
        inside = np.concatenate([variables.slots.seats_of(slot) for slot in slots]).astype(np.int64)
        used = _used(variables, inside)
        for slot in slots:
            members = variables.seats[variables.slots.seats_of(slot)].tolist()
            most = int(problem.run_max[variables.slots.run[slot]]) * int(variables.slots.cap[slot])
            model.add_row([*members, used], [1] * len(members) + [-most], UNBOUNDED, 0)
        members = variables.seats[inside].tolist()
        limit = int(problem.loads.limit[i])
        yield name, model.add_row([*members, used], [1] * len(members) + [-limit], 0, 2**53)


def _slots(problem: CompactProblem, variables: Variables, row: int) -> list[int]:
    start = variables.slots.start
    return [slot for r in problem.loads.row(row)[0].tolist() for slot in range(int(start[r]), int(start[r + 1]))]


def _used(variables: Variables, inside: Ints) -> int:
    """Return the variable that says whether anybody sits there."""
    one = np.ones(1, dtype=np.int64)
    return int(variables.derive(one * 0, one, lambda y, x: one * int(x[inside].sum() > 0))[0])

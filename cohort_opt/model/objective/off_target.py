"""Off target: a price for each trainee by which a class misses its wished size: sum over classes of off[r] |n - target[r]|."""

from __future__ import annotations

import numpy as np

from cohort_opt.model.variables import UNBOUNDED, Variables
from cohort_opt.problem.compact import CompactProblem, Ints


def applies(problem: CompactProblem) -> bool:
    """Return whether missing a wished size costs anything."""
    return bool(problem.run_off_target_cents.any())


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients: one variable for each slot with a wished size."""
    slots = variables.slots
    priced = np.flatnonzero(problem.run_off_target_cents[slots.run] > 0)
    target = problem.run_target[slots.run[priced]]
    most = np.maximum(target, problem.run_max[slots.run[priced]])

    def missed(y: Ints, x: Ints) -> Ints:
        size = np.bincount(slots.seat_slot, weights=x, minlength=slots.num_slots).astype(np.int64)
        return np.abs(size[priced] - target * y[priced])

    made = variables.derive(np.zeros_like(most), most, missed)
    for variable, slot, wish in zip(made.tolist(), priced.tolist(), target.tolist(), strict=True):
        members = variables.seats[slots.seats_of(slot)].tolist()
        y = int(variables.open_classes[slot])
        for sign in (1, -1):
            row = [*members, y, variable]
            variables.model.add_row(row, [sign] * len(members) + [-sign * wish, -1], UNBOUNDED, 0)
    return made, problem.run_off_target_cents[slots.run[priced]]

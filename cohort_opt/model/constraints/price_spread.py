"""Price spread: the dearest and the cheapest seat of one course differ by at most so much.

q[r] = ceil(fixed[r] / n[r]) + seat_cents[r] where the slot r is open, with n[r] trainees; 0 where it is closed
top >= q[r],   bottom <= q[r] + dearest (1 - y[r]),   top - bottom <= limit      over the slots r of one course
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.model.couplings import seat_price
from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem, Ints

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any course limits its spread."""
    return len(problem.spreads) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per course; keys are the names of the rows."""
    zero = np.zeros(2, dtype=np.int64)
    for i, name in enumerate(problem.spreads.names):
        runs = problem.spreads.row(i)[0]
        slots = [s for r in runs.tolist() for s in range(int(variables.slots.start[r]), int(variables.slots.start[r + 1]))]
        dearest = max(seat_price(*_rates(problem, r), max(1, int(problem.run_min[r]))) for r in runs.tolist())
        top, bottom = model.new_integers(zero, zero + dearest).tolist()
        for slot in slots:
            price, y = _price(model, problem, variables, slot), int(variables.open_classes[slot])
            model.add_row([price, top], [1, -1], UNBOUNDED, 0)
            model.add_row([bottom, price, y], [1, -1, dearest], UNBOUNDED, dearest)
        yield name, model.add_row([top, bottom], [1, -1], UNBOUNDED, int(problem.spreads.limit[i]))


def _rates(problem: CompactProblem, run: int) -> tuple[int, int]:
    return int(problem.run_fixed_cents[run]), int(problem.run_seat_cents[run])


def _price(model: Model, problem: CompactProblem, variables: Variables, slot: int) -> int:
    """Return the variable of the seat price of one slot, 0 where it is closed."""
    run = int(variables.slots.run[slot])
    least, most = max(1, int(problem.run_min[run])), int(problem.run_max[run])
    price = {0: 0, **{size: seat_price(*_rates(problem, run), size) for size in range(least, most + 1)}}
    inside = variables.slots.seats_of(slot)

    def value(_: Ints, x: Ints) -> Ints:
        size = int(x[inside].sum())
        return np.array([size, price.get(size, 0)], dtype=np.int64)

    made = variables.derive(np.zeros(2, dtype=np.int64), np.array([most, max(price.values())], dtype=np.int64), value)
    members = variables.seats[inside].tolist()
    model.add_row([*members, int(made[0])], [1] * len(members) + [-1], 0, 0)
    pair = [model.get_int_var_from_proto_index(int(index)) for index in made]
    model.add_allowed_assignments(pair, sorted(price.items()))
    return int(made[1])

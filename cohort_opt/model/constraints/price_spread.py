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
from cohort_opt.problem.compact import UNLIMITED, CompactProblem, Ints

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any course limits its spread."""
    return bool((problem.spreads.limit < UNLIMITED).any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per course; keys are the names of the rows."""
    for i, name in enumerate(problem.spreads.names):
        if int(problem.spreads.limit[i]) < UNLIMITED:
            top, bottom = dearest_and_cheapest(model, problem, variables, problem.spreads.row(i)[0])
            yield name, model.add_row([top, bottom], [1, -1], UNBOUNDED, int(problem.spreads.limit[i]))


def dearest_and_cheapest(model: Model, problem: CompactProblem, variables: Variables, runs: Ints) -> tuple[int, int]:
    """Return variables: at least the dearest and at most the cheapest seat price of the open classes.

    The first is never below the second; drawn together they are those prices, and without an open class both can be 0.
    """
    slots = [s for r in runs.tolist() for s in range(int(variables.slots.start[r]), int(variables.slots.start[r + 1]))]
    dearest = max(seat_price(*_rates(problem, r), max(1, int(problem.run_min[r]))) for r in runs.tolist())
    prices = [_price(model, problem, variables, slot) for slot in slots]
    opened = variables.open_classes[slots]

    def ends(y: Ints, x: Ints) -> Ints:
        paid = [
            seat_price(*_rates(problem, int(variables.slots.run[s])), max(1, int(x[variables.slots.seats_of(s)].sum())))
            for s in slots
            if y[s]
        ]
        return np.array([max(paid, default=0), min(paid, default=0)], dtype=np.int64)

    zero = np.zeros(2, dtype=np.int64)
    top, bottom = variables.derive(zero, zero + dearest, ends).tolist()
    for price, y in zip(prices, opened.tolist(), strict=True):
        model.add_row([price, top], [1, -1], UNBOUNDED, 0)
        model.add_row([bottom, price, y], [1, -1, dearest], UNBOUNDED, dearest)
    model.add_row([bottom, top], [1, -1], UNBOUNDED, 0)
    return top, bottom


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

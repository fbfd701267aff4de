"""Budget: the equal shares of one company in the classes of a period cost together at most its budget.

sum over slots r of f[r] + seat_cents[r] k[r] <= limit      k[r] = seats of the company in the class
f[r] n[r] >= fixed[r] k[r]                                  n[r] = size of the class, so f[r] >= the fixed share, rounded up

The product of a share and a size is the one place where the model is not linear; it is exact for the size that results.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem, Ints

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any company has a budget."""
    return len(problem.budgets) > 0


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post one row per budget; keys are the names of the rows."""
    for i, name in enumerate(problem.budgets.names):
        spent: list[int] = []
        prices: list[int] = []
        for slot, seats in _seats_by_slot(problem, variables, problem.budgets.row(i)[0]).items():
            run = int(variables.slots.run[slot])
            fixed, seat = int(problem.run_fixed_cents[run]), int(problem.run_seat_cents[run])
            own = variables.seats[seats].tolist()
            spent += own
            prices += [seat] * len(own)
            if fixed:
                spent.append(_fixed_share(model, problem, variables, slot, seats))
                prices.append(1)
        yield name, model.add_row(spent, prices, UNBOUNDED, int(problem.budgets.limit[i]))


def _seats_by_slot(problem: CompactProblem, variables: Variables, arcs: Ints) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for arc in arcs.tolist():
        for seat in variables.seats_of_arc(arc).tolist():
            found[int(variables.slots.seat_slot[seat])].append(seat)
    return dict(sorted(found.items()))


def _fixed_share(model: Model, problem: CompactProblem, variables: Variables, slot: int, seats: list[int]) -> int:
    """Return the variable of the share of the fixed cost in one class, rounded up to the cent."""
    slots = variables.slots
    run = int(slots.run[slot])
    fixed, most = int(problem.run_fixed_cents[run]), int(problem.run_max[run])
    inside = slots.seats_of(slot)

    def share(_: Ints, x: Ints) -> Ints:
        own, size = int(x[seats].sum()), max(int(x[inside].sum()), 1)
        return np.array([-(-fixed * own // size), int(x[inside].sum())], dtype=np.int64)

    made = variables.derive(np.zeros(2, dtype=np.int64), np.array([fixed, most], dtype=np.int64), share)
    part, size = (model.get_int_var_from_proto_index(int(index)) for index in made)
    product = variables.derive(
        np.zeros(1, dtype=np.int64), np.array([fixed * most], dtype=np.int64), lambda y, x: np.array([share(y, x).prod()])
    )
    members = variables.seats[inside].tolist()
    model.add_row([*members, int(made[1])], [1] * len(members) + [-1], 0, 0)
    model.add_multiplication_equality(model.get_int_var_from_proto_index(int(product[0])), [part, size])
    own = variables.seats[seats].tolist()
    model.add_row([*own, int(product[0])], [fixed] * len(own) + [-1], UNBOUNDED, 0)
    return int(made[0])

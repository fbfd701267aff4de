"""Subsidies: the credit that the costs of the arcs hold is taken back where the grants bring less; at least 0.

sum credit[a] x[a] - sum over grants without a pot of cents w[i] - sum over pots of q[p]

w[i] = seats number first_seat..last_seat of the group in the class, if its size lies between first_size and last_size
q[p] <= budget[p],  q[p] <= sum over the grants of the pot of cents w[i]

Threshold and ladder, for every class and every step that needs them:

    first z <= size <= most - (most - last) z        z = the size lies inside
    x = t[1] + ... + t[n],  t[1] >= t[2] >= ...       t[j] = the j-th seat is taken
    w <= sum of t[first_seat..last_seat],  w <= (last_seat - first_seat + 1) z
"""

from __future__ import annotations

import itertools

import numpy as np

from cohort_opt.model.variables import UNBOUNDED, Variables
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.problem.stepwise import NO_POT


def applies(problem: CompactProblem) -> bool:
    """Return whether any grant is more than credit."""
    return len(problem.grants) > 0


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients: seats at their credit, steps and pots at minus what they bring."""
    steps, grants = _Steps(problem, variables), problem.grants
    seats = np.flatnonzero(np.isin(variables.slots.seat_arc, grants.arc))
    found = [(int(variables.seats[s]), int(problem.arc_credit_cents[variables.slots.seat_arc[s]])) for s in seats.tolist()]
    pots: dict[int, list[tuple[int, int]]] = {}
    for i in range(len(grants)):
        cents = int(grants.cents[i])
        for seat in variables.seats_of_arc(int(grants.arc[i])).tolist():
            paid = [(variable, cents) for variable in steps.paid(i, seat)]
            if grants.pot[i] == NO_POT:
                found += [(variable, -each) for variable, each in paid]
            else:
                pots.setdefault(int(grants.pot[i]), []).extend(paid)
    found += [(_pot(problem, variables, steps, pot, paid), -1) for pot, paid in sorted(pots.items())]
    table = np.array(found, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _pot(problem: CompactProblem, variables: Variables, steps: _Steps, pot: int, paid: list[tuple[int, int]]) -> int:
    """Return the variable of what a pot pays."""
    budget = int(problem.grants.pot_cents[pot])
    claims = sum(cents * steps.most[variable] for variable, cents in paid)

    def pays(_: Ints, x: Ints) -> Ints:
        return np.array([min(budget, sum(cents * steps.value(variable, x) for variable, cents in paid))], dtype=np.int64)

    made = variables.derive(np.zeros(1, dtype=np.int64), np.array([min(budget, claims)], dtype=np.int64), pays)
    variables.model.add_row([int(made[0]), *(v for v, _ in paid)], [1, *(-c for _, c in paid)], UNBOUNDED, 0)
    return int(made[0])


class _Steps:
    """Thresholds and ladders, each made once; what each counting variable is in a plan."""

    def __init__(self, problem: CompactProblem, variables: Variables) -> None:
        self._problem, self._variables = problem, variables
        self._inside: dict[tuple[int, int, int], int] = {}
        self._ladder: dict[int, list[int]] = {}
        self._rule: dict[int, tuple[int, int, int, int, int]] = {}
        self.most: dict[int, int] = {}

    def paid(self, i: int, seat: int) -> list[int]:
        """Return variables that together count the seats of grant i that bring it; none where it can bring nothing."""
        grants, slots = self._problem.grants, self._variables.slots
        slot, upper = int(slots.seat_slot[seat]), int(slots.seat_upper[seat])
        run = int(slots.run[slot])
        first, last = int(grants.first_seat[i]), min(int(grants.last_seat[i]), upper)
        low, high = int(grants.first_size[i]), int(grants.last_size[i])
        if first > last or low > int(self._problem.run_max[run]) or high < int(self._problem.run_min[run]):
            return []
        plain = int(self._variables.seats[seat])
        rungs = [plain] if first == 1 and last == upper else self._rungs(seat, upper)[first - 1 : last]
        for number, rung in enumerate(rungs, start=first):
            whole = len(rungs) == 1 and rung == plain
            self._rule[rung] = (seat, 1, upper, 1, 500) if whole else (seat, number, number, 1, 500)
            self.most[rung] = upper if whole else 1
        if low <= int(self._problem.run_min[run]) and high >= int(self._problem.run_max[run]):
            return rungs
        return [self._counted(rungs, seat, (first, last, low, high), slot)]

    def _counted(self, rungs: list[int], seat: int, rule: tuple[int, int, int, int], slot: int) -> int:
        """Return the variable that counts these seats only at the right sizes."""
        first, last, low, high = rule
        width = last - first + 1
        made = self._derived(np.array([width], dtype=np.int64), (seat, first, last, low, high))
        model = self._variables.model
        model.add_row([made, *rungs], [1, *([-1] * len(rungs))], UNBOUNDED, 0)
        model.add_row([made, self._sized(slot, low, high)], [1, -width], UNBOUNDED, 0)
        self.most[made] = width
        return made

    def _derived(self, upper: Ints, rule: tuple[int, int, int, int, int]) -> int:
        def value(_: Ints, x: Ints) -> Ints:
            return np.array([self._count(rule, x)], dtype=np.int64)

        made = int(self._variables.derive(np.zeros(1, dtype=np.int64), upper, value)[0])
        self._rule[made] = rule
        return made

    def _sized(self, slot: int, low: int, high: int) -> int:
        """Return the Boolean: the class of the slot holds between `low` and `high`."""
        most = int(self._problem.run_max[self._variables.slots.run[slot]])
        high = min(high, most)
        if (slot, low, high) not in self._inside:
            inside = self._variables.slots.seats_of(slot)

            def holds(_: Ints, x: Ints) -> Ints:
                return np.array([low <= int(x[inside].sum()) <= high], dtype=np.int64)

            made = self._variables.derive(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64), holds)
            members = self._variables.seats[inside].tolist()
            model = self._variables.model
            model.add_row([*members, int(made[0])], [*([-1] * len(members)), low], UNBOUNDED, 0)
            model.add_row([*members, int(made[0])], [*([1] * len(members)), most - high], UNBOUNDED, most)
            self._inside[slot, low, high] = int(made[0])
        return self._inside[slot, low, high]

    def _rungs(self, seat: int, upper: int) -> list[int]:
        """Return the ladder of a seat variable: one Boolean for each trainee, in order."""
        if seat not in self._ladder:
            numbers = np.arange(1, upper + 1)
            made = self._variables.derive(
                np.zeros(upper, dtype=np.int64),
                np.ones(upper, dtype=np.int64),
                lambda _, x: (numbers <= x[seat]).astype(np.int64),
            ).tolist()
            model = self._variables.model
            model.add_row([int(self._variables.seats[seat]), *made], [1, *([-1] * upper)], 0, 0)
            for before, after in itertools.pairwise(made):
                model.add_row([before, after], [-1, 1], UNBOUNDED, 0)
            self._ladder[seat] = made
        return self._ladder[seat]

    def value(self, variable: int, x: Ints) -> int:
        """Return what a counting variable is in a plan."""
        return self._count(self._rule[variable], x)

    def _count(self, rule: tuple[int, int, int, int, int], x: Ints) -> int:
        seat, first, last, low, high = rule
        inside = self._variables.slots.seats_of(int(self._variables.slots.seat_slot[seat]))
        if not low <= int(x[inside].sum()) <= high and (low, high) != (1, 500):
            return 0
        return max(0, min(int(x[seat]), last) - first + 1)

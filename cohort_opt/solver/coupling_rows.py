"""The rules inside a class and between classes as matrix rows, so that a mixed-integer engine bounds them too.

Each is exact for whole numbers but the budget, whose shares are not rounded up here: a plan that misses a budget by that cent
fails at the gate, the bound stays valid. Rows read `sum coefficient * column <= upper`. Further columns:

    d[a] >= committed[a] - seats of a, at the price of change           o[s] >= |size - target y|, at the price of a wrong size
    w = the site holds anybody                                          e[b] = what a block of a quota counts
    q = at least `count` of a group sit here                            f[b, a] = trainees who go on from arc b to arc a
    z[s, n] = the class holds n, so its seat price is that of n         h[s] >= fixed / n * seats of the company, where z[s, n]
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from cohort_opt.model.couplings import seat_price
from cohort_opt.model.routing import route
from cohort_opt.model.slots import Slots
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.problem.stepwise import HARD, NO_END
from cohort_opt.solver.row_sheet import Fill, RowSheet


@dataclass(slots=True)
class CouplingRows(RowSheet):
    """Rows and columns of these rules; see `RowSheet`."""

    _levels: dict[int, tuple[int, range]] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: CompactProblem, slots: Slots, x: int, presence: Ints, first: int) -> CouplingRows:
        """Return the rows of every rule that the problem uses; none where it uses none."""
        made = cls(problem, slots, first, x)
        if problem.beyond_matrix():
            made._class_limits()
            made._side_by_side(presence)
            made._size_steps(presence)
            made._loads()
            made._support(presence)
            made._quotas()
            made._module_order()
            made._changes()
            made._off_target()
            made._spreads()
            made._budgets()
        return made

    def _class_limits(self) -> None:
        limits = self.problem.class_limits
        for i, run in enumerate(limits.run.tolist()):
            rows = [self._seats_of_arc(arc) for arc in limits.arcs(i).tolist()]
            low, high = float(limits.lower[i]), float(limits.upper[i])
            for k, slot in enumerate(self._slots_of(run)):
                seats = [row[k] for row in rows]
                most = sum(int(self.slots.seat_upper[seat]) for seat in seats)
                if most > high:
                    self._post([*((self.x + seat, 1.0) for seat in seats), (slot, -high)], 0)
                if low > 0:
                    self._post([*((self.x + seat, -1.0) for seat in seats), (slot, low)], 0)

    def _side_by_side(self, presence: Ints) -> None:
        problem = self.problem
        for pair in problem.side_by_side.tolist():
            for group, other in (pair, pair[::-1]):
                partner = {int(problem.arc_run[a]): int(a) for a in np.flatnonzero(problem.arc_group == other)}
                for arc in np.flatnonzero(problem.arc_group == group).tolist():
                    next_to = partner.get(int(problem.arc_run[arc]))
                    theirs = self._seats_of_arc(next_to) if next_to is not None else []
                    for k, seat in enumerate(self._seats_of_arc(arc)):
                        if next_to is None:
                            self._post([(self.x + seat, 1.0)], 0)
                        else:
                            self._post([(int(presence[seat]), 1.0), (self.x + theirs[k], -1.0)], 0)

    def _size_steps(self, presence: Ints) -> None:
        for arc, count, size in self.problem.size_steps.tolist():
            for seat in self._seats_of_arc(arc):
                slot, upper = int(self.slots.seat_slot[seat]), int(self.slots.seat_upper[seat])
                if count > upper:
                    continue
                if size > self.problem.run_max[self.slots.run[slot]]:
                    self._post([(self.x + seat, 1.0)], count - 1)
                    continue
                reached = int(presence[seat]) if count == 1 else -1
                if reached < 0:
                    reached = self._new([0.0], [1.0], self._reaches(seat, count))
                    self._post([(self.x + seat, 1.0), (reached, count - 1.0 - upper)], count - 1)
                    self._post([(reached, 1.0), (slot, -1.0)], 0)
                self._post([*self._members(slot, -1.0), (reached, size)], 0)

    @staticmethod
    def _reaches(seat: int, count: int) -> Fill:
        return lambda _, x: [float(x[seat] >= count)]

    def _loads(self) -> None:
        """Post `trainees of the runs >= limit w` and `classes <= cap w`, w = the site holds anybody."""
        problem, slots = self.problem, self.slots
        for i, limit in enumerate(problem.loads.limit.tolist()):
            inside = [slot for run in problem.loads.row(i)[0].tolist() for slot in self._slots_of(run)]
            used = self._new([0.0], [1.0], self._holds(inside))
            seats = [term for slot in inside for term in self._members(slot, -1.0)]
            self._post([*seats, (used, limit)], 0)
            for slot in inside:
                most = float(slots.cap[slot])
                # A class of nobody is no load: where one may open, its trainees are looked at and not the class.
                alone = problem.run_min[slots.run[slot]] < 1
                holds = self._members(slot) if alone else [(slot, 1.0)]
                self._post([*holds, (used, -most * (float(problem.run_max[slots.run[slot]]) if alone else 1.0))], 0)

    def _holds(self, inside: list[int]) -> Fill:
        seats = np.concatenate([self.slots.seats_of(slot) for slot in inside]).astype(np.int64)
        return lambda _, x: [float(x[seats].any())]

    def _support(self, presence: Ints) -> None:
        """Post `trainees + support of the groups that are there <= most of the class`."""
        problem, slots = self.problem, self.slots
        support = problem.arc_support_seats[slots.seat_arc]
        for slot in np.unique(slots.seat_slot[support > 0]).tolist():
            taken = [(int(presence[seat]), float(support[seat])) for seat in slots.seats_of(slot).tolist() if support[seat] > 0]
            self._post([*self._members(slot), *taken, (slot, -float(problem.run_max[slots.run[slot]]))], 0)

    def _quotas(self) -> None:
        """Post `sum of e <= limit`, or pay for what is above; e is at least what each step of a block uses."""
        quotas = self.problem.quotas
        for quota, (limit, cents) in enumerate(zip(quotas.limit.tolist(), quotas.cents.tolist(), strict=True)):
            blocks = np.flatnonzero(quotas.block_quota == quota).tolist()
            used = [self._block(block) for block in blocks]
            terms = [(column, 1.0) for column, _ in used]
            if cents != HARD:
                fills = [fill for _, fill in used]
                above = self._new([float(cents)], [float("inf")], self._above(fills, limit), whole=False)
                terms.append((above, -1.0))
            self._post(terms, limit)

    @staticmethod
    def _above(fills: list[Fill], limit: int) -> Fill:
        return lambda y, x: [max(0.0, sum(fill(y, x)[0] for fill in fills) - limit)]

    def _block(self, block: int) -> tuple[int, Fill]:
        """Return the column of what a block counts, and its value."""
        quotas = self.problem.quotas
        steps = [self._step(step) for step in np.flatnonzero(quotas.step_block == block).tolist()]

        def worst(_: Ints, x: Ints) -> list[float]:
            counted = (
                (min(total, end) if end != NO_END else total) - free
                for terms, free, end in steps
                for total in (sum(amount * int(x[seat]) for seat, amount in terms),)
            )
            return [float(max(0, *counted))] if steps else [0.0]

        made = self._new([0.0], [float("inf")], worst, whole=False)
        for terms, free, end in steps:
            row = [*((self.x + seat, float(amount)) for seat, amount in terms), (made, -1.0)]
            beyond = sum(amount * int(self.slots.seat_upper[seat]) for seat, amount in terms) - end
            if end == NO_END or beyond <= 0:
                self._post(row, free)
                continue
            full = self._new([0.0], [1.0], self._exceeds(terms, end))
            self._post([*row, (full, -float(beyond))], free)
            self._post([(full, float(max(0, end - free))), (made, -1.0)], 0)
        return made, worst

    def _step(self, step: int) -> tuple[list[tuple[int, int]], int, int]:
        """Return (seat, amount) of each entry, what is free and where counting ends."""
        quotas = self.problem.quotas
        part = quotas.entries(step)
        pairs = zip(quotas.arc[part].tolist(), quotas.amount[part].tolist(), strict=True)
        terms = [(seat, int(amount)) for arc, amount in pairs for seat in self._seats_of_arc(arc)]
        return terms, int(quotas.free[step]), int(quotas.most[step])

    @staticmethod
    def _exceeds(terms: list[tuple[int, int]], end: int) -> Fill:
        return lambda _, x: [float(sum(amount * int(x[seat]) for seat, amount in terms) > end)]

    def _module_order(self) -> None:
        problem = self.problem
        later = np.flatnonzero(problem.group_after[problem.arc_group] >= 0).tolist()
        if not later:
            return
        first, second = problem.links[:, 0], problem.links[:, 1]
        most = np.minimum(problem.group_count[problem.arc_group[first]], problem.group_count[problem.arc_group[second]])
        count = len(most)
        flow = self._new([0.0] * count, most.astype(float).tolist(), self._flows, whole=False)
        into: dict[int, list[tuple[int, float]]] = defaultdict(list)
        out_of: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for k, (b, a) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
            into[a].append((flow + k, -1.0))
            out_of[b, int(problem.arc_group[a])].append((flow + k, 1.0))
        for a in later:
            self._post([*((self.x + seat, 1.0) for seat in self._seats_of_arc(a)), *into[a]], 0)
        for (b, _), terms in sorted(out_of.items()):
            self._post([*terms, *((self.x + seat, -1.0) for seat in self._seats_of_arc(b))], 0)

    def _flows(self, _: Ints, x: Ints) -> list[float]:
        """Return a flow along the links for each following group; nothing where a plan has none."""
        problem, sent = self.problem, dict[tuple[int, int], int]()
        seats = np.bincount(self.slots.seat_arc, weights=x, minlength=problem.num_arcs).astype(np.int64)
        links: list[tuple[int, int]] = [(b, a) for b, a in problem.links.tolist() if seats[a] and seats[b]]
        for group in np.unique(problem.arc_group[problem.links[:, 1]]).tolist():
            mine = [(b, a) for b, a in links if problem.arc_group[a] == group]
            given, wanted = ({arc: int(seats[arc]) for arc in ends} for ends in zip(*mine, strict=True)) if mine else ({}, {})
            sent |= route(given, wanted, mine) or {}
        return [float(sent.get((b, a), 0)) for b, a in problem.links.tolist()]

    def _changes(self) -> None:
        problem = self.problem
        for arc in np.flatnonzero(problem.arc_committed * problem.arc_change_cents).tolist():
            seats, agreed = self._seats_of_arc(arc), int(problem.arc_committed[arc])
            price = float(problem.arc_change_cents[arc])
            moved = self._new([price], [float(agreed)], self._moved(seats, agreed), whole=False)
            self._post([(moved, -1.0), *((self.x + seat, -1.0) for seat in seats)], -agreed)

    @staticmethod
    def _moved(seats: list[int], agreed: int) -> Fill:
        return lambda _, x: [float(max(0, agreed - int(x[seats].sum())))]

    def _off_target(self) -> None:
        problem = self.problem
        for slot, run in enumerate(self.slots.run.tolist()):
            price, target = float(problem.run_off_target_cents[run]), int(problem.run_target[run])
            if not price:
                continue
            most = float(max(target, int(problem.run_max[run])))
            off = self._new([price], [most], self._off(slot, target), whole=False)
            self._post([*self._members(slot), (slot, -target), (off, -1.0)], 0)
            self._post([*self._members(slot, -1.0), (slot, target), (off, -1.0)], 0)

    def _off(self, slot: int, target: int) -> Fill:
        inside = self.slots.seats_of(slot)
        return lambda y, x: [float(abs(int(x[inside].sum()) - target * int(y[slot])))]

    def _sizes(self, slot: int) -> tuple[int, range]:
        """Return the first of the columns z of a slot and the sizes that they stand for."""
        if slot not in self._levels:
            run = int(self.slots.run[slot])
            sizes = range(max(1, int(self.problem.run_min[run])), int(self.problem.run_max[run]) + 1)
            inside = self.slots.seats_of(slot)
            zeros = [0.0] * len(sizes)
            first = self._new(zeros, [1.0] * len(sizes), lambda _, x: [float(x[inside].sum() == size) for size in sizes])
            ones = [(first + k, 1.0) for k in range(len(sizes))]
            held = [(first + k, float(size)) for k, size in enumerate(sizes)]
            self._post([*ones, (slot, -1.0)], 0)
            self._post([*((column, -1.0) for column, _ in ones), (slot, 1.0)], 0)
            self._post([*self._members(slot), *((column, -size) for column, size in held)], 0)
            self._post([*self._members(slot, -1.0), *held], 0)
            self._levels[slot] = (first, sizes)
        return self._levels[slot]

    def _prices(self, slot: int) -> list[tuple[int, float]]:
        """Return the seat price of a slot as terms over its sizes; 0 where it is closed."""
        run, (first, sizes) = int(self.slots.run[slot]), self._sizes(slot)
        fixed, seat = int(self.problem.run_fixed_cents[run]), int(self.problem.run_seat_cents[run])
        return [(first + k, float(seat_price(fixed, seat, size))) for k, size in enumerate(sizes)]

    def _spreads(self) -> None:
        """Post `lowest <= price <= lowest + limit` for every open class of a course."""
        for i, limit in enumerate(self.problem.spreads.limit.tolist()):
            slots = [slot for run in self.problem.spreads.row(i)[0].tolist() for slot in self._slots_of(run)]
            prices = {slot: self._prices(slot) for slot in slots}
            dearest = max(cents for terms in prices.values() for _, cents in terms)
            lowest = self._new([0.0], [dearest], self._lowest(slots, dict(prices), dearest), whole=False)
            for terms in prices.values():
                self._post([*((column, cents) for column, cents in terms), (lowest, -1.0)], limit)
                self._post([(lowest, 1.0), *((column, dearest - cents) for column, cents in terms)], dearest)

    def _lowest(self, slots: list[int], prices: dict[int, list[tuple[int, float]]], dearest: float) -> Fill:
        def fill(_: Ints, x: Ints) -> list[float]:
            sizes = {slot: int(x[self.slots.seats_of(slot)].sum()) for slot in slots}
            open_now = [(slot, sizes[slot] - self._levels[slot][1].start) for slot in slots if sizes[slot]]
            return [min((prices[slot][k][1] for slot, k in open_now), default=dearest)]

        return fill

    def _budgets(self) -> None:
        for i, limit in enumerate(self.problem.budgets.limit.tolist()):
            seats_in: dict[int, list[int]] = defaultdict(list)
            for arc in self.problem.budgets.row(i)[0].tolist():
                for seat in self._seats_of_arc(arc):
                    seats_in[int(self.slots.seat_slot[seat])].append(seat)
            spent: list[tuple[int, float]] = []
            for slot, seats in sorted(seats_in.items()):
                spent.append((self._fixed_share(slot, seats), 1.0))
                each = float(self.problem.run_seat_cents[self.slots.run[slot]])
                spent += [(self.x + seat, each) for seat in seats]
            self._post(spent, limit)

    def _fixed_share(self, slot: int, seats: list[int]) -> int:
        """Return the column of at least the share of some seats in the fixed cost of a class."""
        fixed = float(self.problem.run_fixed_cents[self.slots.run[slot]])
        first, sizes = self._sizes(slot)
        most = sum(int(self.slots.seat_upper[seat]) for seat in seats)
        inside = self.slots.seats_of(slot)
        share = self._new(
            [0.0], [fixed], lambda _, x: [fixed * float(x[seats].sum()) / max(1, int(x[inside].sum()))], whole=False
        )
        own = [(self.x + seat, fixed / sizes[-1]) for seat in seats]
        self._post([*own, (share, -1.0)], 0)
        for k, size in enumerate(sizes[:-1]):
            each, slack = fixed / size, (fixed / size) * most
            self._post([*((self.x + seat, each) for seat in seats), (share, -1.0), (first + k, slack)], slack)
        return share

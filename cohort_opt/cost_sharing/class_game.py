"""The class game in closed form: what a coalition of companies in one class would pay without the others.

    v(S) = min over T inside S of  C(T) + sum of outside[i], i in S without T
    C(T) = fixed + seat * n(T) if T may hold the class, 0 if T is empty, else no option

n(T) counts the trainees of T. T may hold the class if n(T) reaches the minimum of the course and the least size that the price
cap of each member of T asks for. `outside[i]` is the cheapest outside option of company i for its trainees of the class, less
their journey to the class, at least 0: each company bears its own journeys, so the game is about the money for the class alone.

Conventions. The coalition has the room, the instructor and the dates of the class at its disposal. A company joins with all its
seats of the class or with none. Outside options are open to every coalition, so v is subadditive. Waiting at its price is an
outside option: the price is not real money, and figures in real money are shown apart (see `pooling`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from cohort_opt.cost_sharing.game import Game
from cohort_opt.cost_sharing.lines import members_by_company
from cohort_opt.cost_sharing.outside import outside_cents
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.class_sizes import class_minimum
from cohort_opt.problem.compact import Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.rates import least_size_for_price
from cohort_opt.problem.records import Demand
from cohort_opt.solution import Member, PlannedClass, Solution


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """Everything that decides what a coalition of one class pays; shapes (n,), companies ascending.

    Parameters
    ----------
    fixed_cents, seat_cents, min_seats
        Of the class.
    companies, seats
        Who sits in it, with how many.
    outside_cents
        Cheapest outside option of each company for these trainees, less their journey to the class, at least 0: nobody is paid to
        come.
    least_size
        Least size of the class that the price caps of the company accept; 0 = any.
    """

    fixed_cents: int
    seat_cents: int
    min_seats: int
    companies: tuple[str, ...]
    seats: tuple[int, ...]
    outside_cents: tuple[int, ...]
    least_size: tuple[int, ...]

    @property
    def cost_cents(self) -> int:
        """Return what the class costs with everybody in it."""
        return self.fixed_cents + self.seat_cents * sum(self.seats)

    def value(self, coalition: int) -> int:
        """Return v of the coalition, a bit mask over the companies."""
        members = [i for i in range(len(self.seats)) if coalition >> i & 1]
        apart = sum(self.outside_cents[i] for i in members)
        sizes = sorted({max(self.min_seats, self.least_size[i]) for i in members})
        return min([apart, *(apart + extra for size in sizes if (extra := self._opening(members, size)) is not None)])

    def table(self) -> Ints:
        """Return v of every coalition, shape (2**n,): each coalition holds the class or adds one member who stays outside."""
        n = len(self.seats)
        size, least, free = (np.zeros(1 << n, dtype=np.int64) for _ in range(3))
        for i in range(n):
            low, high = slice(0, 1 << i), slice(1 << i, 2 << i)
            size[high] = size[low] + self.seats[i]
            least[high] = np.maximum(least[low], self.least_size[i])
            free[high] = free[low] + self.outside_cents[i]
        allowed = size >= np.maximum(least, self.min_seats)
        best = np.where(allowed, np.minimum(free, self.fixed_cents + self.seat_cents * size), free)
        for i in range(n):
            pairs = best.reshape(-1, 2, 1 << i)
            np.minimum(pairs[:, 1], pairs[:, 0] + self.outside_cents[i], out=pairs[:, 1])
        return best

    def strongest_objection(self, shares: Sequence[Fraction]) -> tuple[int, Fraction]:
        """Return the coalition that would gain most by leaving (neither empty nor everybody), and its gain; exact.

        For each size that the coalition T in the class must reach: T earns `share - seat * n` of each member less the fixed
        cost, and everybody else who pays more than its outside option leaves with them. A knapsack over the seats finds T; to
        leave everybody out, each member is left out in turn.
        """
        scale = math.lcm(*(share.denominator for share in shares))
        paid = [int(share * scale) for share in shares]
        found = max(self._objection(paid, scale, left_out) for left_out in range(len(shares)))
        return found[1], Fraction(found[0], scale)

    def _objection(self, paid: list[int], scale: int, left_out: int) -> tuple[int, int]:
        """Return (gain, coalition) of the best coalition without one member; amounts times `scale`."""
        members = [i for i in range(len(paid)) if i != left_out]
        leaving = {i: paid[i] - scale * self.outside_cents[i] for i in members}
        single = max(members, key=lambda i: leaving[i])
        alone = [i for i in members if leaving[i] > 0] or [single]
        best = (sum(leaving[i] for i in alone), sum(1 << i for i in alone))
        for size in sorted({max(self.min_seats, self.least_size[i]) for i in members}):
            best = max(best, self._objection_of_size(members, paid, leaving, scale, size))
        return best

    def _objection_of_size(
        self, members: list[int], paid: list[int], leaving: dict[int, int], scale: int, size: int
    ) -> tuple[int, int]:
        """Return the best (gain, coalition) whose part in the class has at least this size; a loss of everything if none can."""
        impossible = -(sum(abs(p) for p in paid) + scale * (self.cost_cents + sum(map(abs, self.outside_cents))) + 1)
        best: list[tuple[int, int]] = [(0, 0)] + [(impossible, 0)] * size
        for i in members:
            stay = (max(0, leaving[i]), 1 << i if leaving[i] > 0 else 0)
            join = paid[i] - scale * self.seat_cents * self.seats[i] if self.least_size[i] <= size else None
            after = [(gain + stay[0], who | stay[1]) for gain, who in best]
            if join is not None:
                for filled, (gain, who) in enumerate(best):
                    at = min(size, filled + self.seats[i])
                    after[at] = max(after[at], (gain + join, who | 1 << i))
            best = after
        gain, who = best[size]
        return gain - scale * self.fixed_cents, who

    def _opening(self, members: list[int], size: int) -> int | None:
        """Return how much more than staying apart it costs to open a class of at least this size; `None` if they cannot.

        Those who gain by sitting in it do; if they are too few, the others who lose least fill it up to the size.
        """
        able = [
            (self.seats[i], self.seat_cents * self.seats[i] - self.outside_cents[i])
            for i in members
            if self.least_size[i] <= size
        ]
        if sum(seats for seats, _ in able) < size:
            return None
        missing = size - sum(seats for seats, extra in able if extra < 0)
        gained = sum(extra for _, extra in able if extra < 0)
        return self.fixed_cents + gained + _cheapest_filling([pair for pair in able if pair[1] >= 0], missing)


def _cheapest_filling(able: list[tuple[int, int]], missing: int) -> int:
    """Return the least sum of losses of pairs (seats, loss) that fill at least so many seats (a knapsack, exact)."""
    if missing <= 0:
        return 0
    unreachable = sum(loss for _, loss in able) + 1
    least = [0] + [unreachable] * missing
    for seats, loss in able:
        for filled in range(missing, 0, -1):
            least[filled] = min(least[filled], least[max(0, filled - seats)] + loss)
    return least[missing]


def class_games(instance: Instance, solution: Solution) -> Iterator[tuple[str, Game]]:
    """Yield the id and the game of each class of the solution, sorted by id."""
    facts = FactsReader(instance)
    for planned in sorted(solution.classes, key=lambda c: c.id):
        yield planned.id, game_of(facts.read(planned), len(planned.dates))


def game_of(facts: ClassFacts, num_days: int) -> Game:
    """Return the game of a class that takes so many days."""
    return Game(
        players=facts.companies,
        seats=facts.seats,
        seat_days=tuple(seats * num_days for seats in facts.seats),
        total=facts.cost_cents,
        coalitions=facts,
        kinds=tuple(zip(facts.seats, facts.outside_cents, facts.least_size, strict=True)),
    )


class FactsReader:
    """Reads the facts of classes out of an instance; looks everything up once."""

    def __init__(self, instance: Instance) -> None:
        """Index the instance."""
        self._instance = instance
        self._demands = {demand.id: demand for demand in instance.demands}
        self._company_of = {demand.id: demand.company for demand in instance.demands}
        self._offerings = {offering.id: offering for offering in instance.offerings}
        self._min_seats = {course.id: class_minimum(course) or course.min_seats for course in instance.courses}
        self._ways = Journeys.of(instance)
        self._costs = ClassCosts.of(instance)

    def read(self, planned: PlannedClass) -> ClassFacts:
        """Return the facts of one class."""
        offering, fixed = self._offerings[planned.offering], self._costs.fixed_cents(planned)
        members = members_by_company(planned, self._company_of)
        return ClassFacts(
            fixed_cents=fixed,
            seat_cents=offering.seat_cents,
            min_seats=self._min_seats[planned.course],
            companies=tuple(members),
            seats=tuple(sum(m.count for m in lines) for lines in members.values()),
            outside_cents=tuple(
                max(0, sum(self._outside(m) for m in lines) - self._journeys(lines, planned))
                for company, lines in members.items()
            ),
            least_size=tuple(
                max(self._least_size(self._demands[m.demand], fixed, offering.seat_cents) for m in lines)
                for lines in members.values()
            ),
        )

    def _outside(self, member: Member) -> int:
        return outside_cents(self._instance, self._demands[member.demand], member.count)

    def _journeys(self, lines: tuple[Member, ...], planned: PlannedClass) -> int:
        return sum(m.count * self._ways.cents(self._demands[m.demand], planned.site, planned.dates) for m in lines)

    @staticmethod
    def _least_size(demand: Demand, fixed_cents: int, seat_cents: int) -> int:
        wish = demand.min_class_size or 0
        if demand.max_seat_price_cents is None:
            return wish
        size = least_size_for_price(fixed_cents, seat_cents, demand.max_seat_price_cents)
        return wish if size is None else max(wish, size)

"""The game of a whole plan: its companies are the players; v(S) is what S would pay with classes of its own, found by solving.

    v(S) = min over plans of S of  fixed + seats + journeys of its classes + outside options of its trainees left over

A plan of S keeps every rule of the instance and seats nobody outside S. Journeys are in it, since a plan of its own may meet
elsewhere; what a company pays for classes is its share less its own journeys and its own outside options. Every trainee left over
takes the cheapest outside option of its line, waiting at its price included: open to every coalition and to the whole plan alike.
Prices that are not money paid to anybody (weeks of waiting, seats moved, sizes wished) are 0 here; pins and agreed seats are not
rules of a coalition, since they were settled for all.

Conventions, named in every certificate:

own_and_proportional
    On each day S has the rooms and instructors that its members own, and of those of the academy its share by trainees, rounded
    down to whole ones (the default).
optimistic
    S has all rooms and instructors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cohort_opt.cost_sharing.outside import outside_cents, real_outside_cents
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.solution import Solution

Convention: TypeAlias = Literal["own_and_proportional", "optimistic"]
"""What a coalition may use."""

CONVENTIONS: Mapping[Convention, str] = {
    "own_and_proportional": "plan game: own rooms and instructors, and a share of the academy's by trainees, rounded down",
    "optimistic": "plan game: all rooms and instructors (optimistic)",
}
"""The sentence of each convention in certificates."""


@dataclass(frozen=True, slots=True)
class PlanGame:
    """What the companies of a plan share; shapes (n,), companies ascending.

    Parameters
    ----------
    companies, seats
        Who asked for seats, and for how many.
    own_cents
        What each bears itself in the plan: its journeys and the outside options of its trainees without a seat.
    total_cents
        Cost of all classes plus everything in `own_cents`.
    waiting_cents
        The part of the total that is the price of waiting, which is not real money.
    """

    companies: tuple[str, ...]
    seats: tuple[int, ...]
    own_cents: tuple[int, ...]
    total_cents: int
    waiting_cents: int

    @property
    def everybody(self) -> int:
        """Return the coalition of all companies."""
        return (1 << len(self.companies)) - 1

    def names(self, coalition: int) -> tuple[str, ...]:
        """Return the companies of a coalition, a bit mask."""
        return tuple(company for i, company in enumerate(self.companies) if coalition >> i & 1)


def plan_game(instance: Instance, solution: Solution) -> PlanGame:
    """Return the game of a plan."""
    demands = {demand.id: demand for demand in instance.demands}
    ways, costs = Journeys.of(instance), ClassCosts.of(instance)
    offerings = {offering.id: offering for offering in instance.offerings}
    seats: defaultdict[str, int] = defaultdict(int)
    own: defaultdict[str, int] = defaultdict(int)
    for demand in instance.demands:
        seats[demand.company] += demand.count
    classes = waiting = 0
    for planned in solution.classes:
        classes += costs.fixed_cents(planned) + offerings[planned.offering].seat_cents * planned.size
        for member in planned.members:
            demand = demands[member.demand]
            own[demand.company] += member.count * ways.cents(demand, planned.site, planned.dates)
    for left in solution.unplaced:
        demand = demands[left.demand]
        cents = outside_cents(instance, demand, left.count)
        own[demand.company] += cents
        real = real_outside_cents(demand, left.count)
        waiting += cents if real is None or cents < real else 0
    companies = tuple(sorted(seats))
    return PlanGame(
        companies,
        tuple(seats[c] for c in companies),
        tuple(own[c] for c in companies),
        classes + sum(own.values()),
        waiting,
    )

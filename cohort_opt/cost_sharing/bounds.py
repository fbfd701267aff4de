"""Upper bounds of every method: agreed prices, price caps and stand-alone costs that a share must not exceed.

A split that breaks a bound is moved as little as the bounds allow: those above their bound pay their bound, and what that leaves
open is spread over the others at one price per seat. If the bounds together are less than the cost, no split fits: the least
excess is reported and the price per seat is equal for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from cohort_opt.cost_sharing.class_game import ClassFacts
from cohort_opt.cost_sharing.game import Game, Split, proportional
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass


def upper_bounds(
    instance: Instance, planned: PlannedClass, facts: ClassFacts, ceilings: Mapping[str, int] | None = None
) -> tuple[int, ...]:
    """Return the most that each company may be asked for its seats in a class, in cents, companies ascending.

    The least of what it would pay alone (less its journeys), its price caps per seat, and the prices agreed with it.

    Parameters
    ----------
    facts
        Of this class.
    ceilings
        Further agreed prices in cents for these seats, by company, besides those of the commitments.
    """
    caps, agreed = _price_caps(instance, planned), _agreed_prices(instance, planned)
    bounds = []
    for company, alone in zip(facts.companies, facts.outside_cents, strict=True):
        known = [alone, caps.get(company), agreed.get(company), (ceilings or {}).get(company)]
        bounds.append(min(bound for bound in known if bound is not None))
    return tuple(bounds)


def _price_caps(instance: Instance, planned: PlannedClass) -> dict[str, int]:
    """Return cap times seats of each company whose lines in the class all have a price cap."""
    demands = {demand.id: demand for demand in instance.demands}
    found: dict[str, int] = {}
    free: set[str] = set()
    for member in planned.members:
        demand = demands[member.demand]
        if demand.max_seat_price_cents is None:
            free.add(demand.company)
        else:
            found[demand.company] = found.get(demand.company, 0) + demand.max_seat_price_cents * member.count
    return {company: cents for company, cents in found.items() if company not in free}


def _agreed_prices(instance: Instance, planned: PlannedClass) -> dict[str, int]:
    """Return agreed price times seats of each company whose seats in the class were all agreed at a price."""
    company_of = {demand.id: demand.company for demand in instance.demands}
    told = {held.demand: held for held in instance.commitments if held.run == planned.run and held.seat_price_cents is not None}
    found: dict[str, int] = {}
    open_ones: set[str] = set()
    for member in planned.members:
        held = told.get(member.demand)
        if held is None or held.seat_price_cents is None or held.count < member.count:
            open_ones.add(company_of[member.demand])
        else:
            company = company_of[member.demand]
            found[company] = found.get(company, 0) + held.seat_price_cents * member.count
    return {company: cents for company, cents in found.items() if company not in open_ones}


def keep_within(split: Split, game: Game, upper: Sequence[int]) -> Split:
    """Return the split moved within 0 and the bounds; the equal price with the least excess where none fits.

    The fact `excess_over_bounds_cents` is what the bounds leave uncovered, 0 where they do not.
    """
    excess = game.total - sum(upper)
    if excess > 0:
        return Split(proportional(game.total, game.seats), {**split.facts, "excess_over_bounds_cents": excess})
    moved = _moved(split.shares, game.seats, upper, game.total)
    return Split(moved, {**split.facts, "excess_over_bounds_cents": 0})


def _moved(shares: Sequence[Fraction], seats: Sequence[int], upper: Sequence[int], total: int) -> tuple[Fraction, ...]:
    """Return min(upper, max(0, share + price * seats)) with the one price per seat at which they add up to the total.

    The sum rises with the price and is linear between the prices at which somebody reaches 0 or its bound.
    """

    def at(price: Fraction) -> tuple[Fraction, ...]:
        return tuple(
            min(Fraction(most), max(Fraction(0), share + price * n))
            for share, n, most in zip(shares, seats, upper, strict=True)
        )  # fmt: skip

    corners = sorted(
        {-share / n for share, n in zip(shares, seats, strict=True)}
        | {(most - share) / n for share, n, most in zip(shares, seats, upper, strict=True)}
    )
    low = max((corner for corner in corners if sum(at(corner)) <= total), default=corners[0])
    high = next((corner for corner in corners if corner > low), low)
    rise = sum(at(high)) - sum(at(low))
    price = low if rise == 0 else low + (high - low) * (total - sum(at(low))) / rise
    return at(price)

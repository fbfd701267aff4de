"""Price bands: what a company is asked for depends on its own count and the fill band of its class, and on nothing else.

A share divided by seats gives the size of a class away: cost times own seats over size is one equation with one unknown, and two
companies in a class learn each other's count from it. So a company sees a price list (one price per seat for each band of sizes)
and the band. What all pay by the list, less what the class costs, goes to a named rounding account.

How narrow may a band be? Who knows k seats of a class (its own, and those of one colluding member) learns from a band [lo, hi]
that the others hold between lo - k and hi - k. Any band that ends below the maximum is exact for somebody: with k = hi - 1 seats
known, one seat is left. So only one band over all sizes keeps every count hidden from every pair, and it is the default; `leaks`
lists what a finer list would give away, and to whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cohort_opt.cost_sharing.lines import members_by_company
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Member, PlannedClass

ROUNDING_ACCOUNT = "rounding"
"""Name of the account that takes the difference between list prices and costs."""
LEAST_COUNTS = 3
"""Every other company keeps at least so many possible counts."""


@dataclass(frozen=True, slots=True)
class Band:
    """Sizes from `least` to `most` (both included) pay `seat_price_cents` per seat."""

    least: int
    most: int
    seat_price_cents: int


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """What a company pays by the list, and may see: its own seats, the price per seat, and both together."""

    class_id: str
    company: str
    seats: int
    seat_price_cents: int
    price_cents: int


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """What a class adds to the rounding account: paid by the list less its cost; negative = the account pays."""

    class_id: str
    account: str
    cents: int


@dataclass(frozen=True, slots=True)
class Leak:
    """Who knows `known` seats of a class and sees the band learns that a last company holds one of few `counts`."""

    band: Band
    known: int
    counts: tuple[int, ...]


def price_list(fixed_cents: int, seat_cents: int, min_seats: int, max_seats: int, edges: Sequence[int] = ()) -> tuple[Band, ...]:
    """Return the bands of a class that holds `min_seats` to `max_seats`.

    Parameters
    ----------
    edges
        Sizes at which a further band begins, between the minimum (excluded) and the maximum; none = one band, the only list
        that hides every count. The price of a band is that of its smallest class, rounded up to the cent, so that the list
        always covers the cost.

    Raises
    ------
    ValueError
        If an edge lies outside.
    """
    if any(not min_seats < edge <= max_seats for edge in edges):
        raise ValueError(f"bands begin at {sorted(edges)}: every edge must lie above {min_seats} and at most at {max_seats}")
    starts = [min_seats, *sorted(set(edges))]
    ends = [start - 1 for start in starts[1:]] + [max_seats]
    return tuple(Band(lo, hi, -(-(fixed_cents + seat_cents * lo) // lo)) for lo, hi in zip(starts, ends, strict=True))


def leaks(bands: Sequence[Band], least_counts: int = LEAST_COUNTS) -> Iterator[Leak]:
    """Yield every way in which a band leaves a company fewer than `least_counts` possible counts, and fewer than without it.

    The attacker is as strong as can be: it knows who sits in the class and all their counts (its own and a colluding member's)
    except those of one company.
    """
    smallest, largest = bands[0].least, bands[-1].most
    for band in bands:
        for known in range(1, band.most):
            seen = tuple(size - known for size in range(band.least, band.most + 1) if size > known)
            before = sum(1 for size in range(smallest, largest + 1) if size > known)
            if len(seen) < min(least_counts, before):
                yield Leak(band, known, seen)


def listed_prices(
    instance: Instance, planned: PlannedClass, bands: Sequence[Band]
) -> tuple[tuple[ListedPrice, ...], AccountEntry]:
    """Return what each company of a class pays by the list, companies ascending, and the entry in the rounding account.

    A company with a price cap on all its lines pays at most its cap: that, too, is known to it alone.

    Raises
    ------
    ValueError
        If the size of the class lies in no band.
    """
    band = next((b for b in bands if b.least <= planned.size <= b.most), None)
    if band is None:
        raise ValueError(f"class {planned.id} holds {planned.size}: the price list ends at {bands[-1].most} seats")
    offering = next(o for o in instance.offerings if o.id == planned.offering)
    company_of = {demand.id: demand.company for demand in instance.demands}
    prices = tuple(
        _listed(planned.id, company, lines, band, instance) for company, lines in members_by_company(planned, company_of).items()
    )
    cost = ClassCosts.of(instance).fixed_cents(planned) + offering.seat_cents * planned.size
    return prices, AccountEntry(planned.id, ROUNDING_ACCOUNT, sum(price.price_cents for price in prices) - cost)


def _listed(class_id: str, company: str, lines: Sequence[Member], band: Band, instance: Instance) -> ListedPrice:
    caps = [next(d.max_seat_price_cents for d in instance.demands if d.id == m.demand) for m in lines]
    known = [cap for cap in caps if cap is not None]
    price = min([band.seat_price_cents, *(known if len(known) == len(caps) else ())])
    seats = sum(m.count for m in lines)
    return ListedPrice(class_id, company, seats, price, price * seats)

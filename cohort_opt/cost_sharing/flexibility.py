"""Flexibility pays: part of what a company's wide window or second site made possible is given back to it.

    d[i] = cost of the plan if only i were rigid - cost of the plan        computed by solving again, at least 0
    D    = percent * min(sum of d, sum of gains)                            what is given back in all
    price[i] = price[i] - D d[i] / sum of d + D gain[i] / sum of gains      gain[i] = alone - together, at least 0

Everybody who gains by pooling pays into it in proportion to its gain, and at most `percent` of it: nobody ends above alone by the
discount, and the sum of prices stays what it was, to the cent.

References
----------
Vanovermeire, Sorensen (2014), Measuring and rewarding flexibility in collaborative distribution, including two-partner
coalitions, European Journal of Operational Research 239(1), pages 157-165: flexibility is measured by solving again without it,
and rewarded by a discount on the share. Changed: a bounded part of it, paid from gains, instead of a new Shapley value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cohort_opt.cost_sharing.game import proportional
from cohort_opt.cost_sharing.rounding import round_to_cents


@dataclass(frozen=True, slots=True)
class Discount:
    """What the flexibility of one company is worth and what it gets for it.

    Parameters
    ----------
    worth_cents
        How much dearer the plan would be without it.
    discount_cents, paid_in_cents
        Given back to the company; taken from it for the discounts of all.
    """

    company: str
    worth_cents: int
    discount_cents: int
    paid_in_cents: int

    @property
    def change_cents(self) -> int:
        """Return by how much the company's price changes; negative = it pays less."""
        return self.paid_in_cents - self.discount_cents


def discounts(worth_cents: Mapping[str, int], gains_cents: Mapping[str, int], percent: int = 50) -> tuple[Discount, ...]:
    """Return the discount of each company, ascending; what is given and what is paid in are the same sum.

    Parameters
    ----------
    worth_cents
        How much dearer the plan would be without the flexibility of each company; missing or negative = 0.
    gains_cents
        What each company gains by pooling; missing or negative = 0.
    percent
        Part that is given back, 0 to 100.

    Raises
    ------
    ValueError
        If the percentage lies outside.
    """
    if not 0 <= percent <= 100:
        raise ValueError(f"{percent} percent of flexibility are to be given back: it must lie between 0 and 100")
    companies = sorted({*worth_cents, *gains_cents})
    worth = tuple(max(0, worth_cents.get(company, 0)) for company in companies)
    gains = tuple(max(0, gains_cents.get(company, 0)) for company in companies)
    whole = min(sum(worth), sum(gains)) * percent // 100
    given = round_to_cents(_parts(whole, worth), companies)
    taken = round_to_cents(_parts(whole, gains), companies)
    rows = zip(companies, worth, given, taken, strict=True)
    return tuple(Discount(company, each, discount, paid) for company, each, discount, paid in rows)


def _parts(whole: int, weights: tuple[int, ...]) -> tuple[Fraction, ...]:
    return proportional(whole, weights) if whole else (Fraction(0),) * len(weights)

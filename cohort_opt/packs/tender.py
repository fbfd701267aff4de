"""Tender what-if: a buyer awards points for training places; how many places does that create, and what is a place worth then?

A bidder creates a place as long as the points for it are worth at least what the place costs. One point is worth what it would
cost to win it by price: `cents_per_point`. Nothing here says what bidders will do; it says what would pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from cohort_opt.problem.fields import Cents, Id, Int
from cohort_opt.problem.records import Record


class PlaceOffer(Record):
    """A bidder could make up to `places` places, each at `cents_per_place` net cost to itself (stated by the bidder)."""

    company: Id
    places: Annotated[Int, Field(ge=0, le=500)]
    cents_per_place: Cents


class Award(Record):
    """The buyer's rule: points per place up to a maximum, and what a point is worth in the price."""

    points_per_place: Annotated[Int, Field(ge=0, le=1_000)]
    max_points: Annotated[Int, Field(ge=0, le=100_000)]
    cents_per_point: Cents


@dataclass(frozen=True, slots=True)
class TenderOutcome:
    """What one rule would make worth while.

    Parameters
    ----------
    places
        By company, sorted by id; companies that create none are left out.
    premium_cents
        What the buyer gives up in price at most: all points won, at their worth.
    """

    award: Award
    places: tuple[tuple[str, int], ...]
    premium_cents: int

    @property
    def created(self) -> int:
        """Return how many places are created."""
        return sum(count for _, count in self.places)


def tender_outcome(offers: Iterable[PlaceOffer], award: Award) -> TenderOutcome:
    """Return which places a rule makes worth while, offer by offer.

    A place that would pass the maximum of points earns what is left of them.
    """
    places: dict[str, int] = {}
    premium = 0
    for offer in sorted(offers, key=lambda offer: (offer.company, offer.cents_per_place)):
        left = award.max_points - places.get(offer.company, 0) * award.points_per_place
        for _ in range(offer.places):
            worth = max(0, min(award.points_per_place, left)) * award.cents_per_point
            if worth == 0 or worth < offer.cents_per_place:
                break
            places[offer.company] = places.get(offer.company, 0) + 1
            premium += worth
            left -= award.points_per_place
    return TenderOutcome(award, tuple(sorted(places.items())), premium)


def tender_what_if(offers: Sequence[PlaceOffer], awards: Iterable[Award]) -> tuple[TenderOutcome, ...]:
    """Return the outcome of each rule, in the order given."""
    return tuple(tender_outcome(offers, award) for award in awards)

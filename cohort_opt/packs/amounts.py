"""The closed vocabulary of amounts: what a scheme pays, each as low, expected and high. No formula is read from a file.

Cash and social-return value are two kinds of money and are never added. All amounts are integer euro cents; shares of a cost
are basis points (10,000 = the whole cost).
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cohort_opt.problem.fields import Cents, Int
from cohort_opt.problem.records import Record

WHOLE = 10_000
"""Basis points of a whole cost."""

Level = Literal["low", "expected", "high"]
LEVELS: tuple[Level, ...] = ("low", "expected", "high")
Money = Literal["cash", "social_return"]

Months = Annotated[Int, Field(ge=1, le=120)]
Weeks = Annotated[Int, Field(ge=1, le=520)]
BasisPoints = Annotated[Int, Field(ge=0, le=WHOLE)]


class CentsRange(Record):
    """An amount that is known as a range: `low <= expected <= high`, in cents."""

    low: Cents
    expected: Cents
    high: Cents

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.expected <= self.high:
            raise PydanticCustomError("out-of-range", "low, expected and high must stand in ascending order")
        return self

    def at(self, level: Level) -> int:
        """Return the amount at a level, in cents."""
        return {"low": self.low, "expected": self.expected, "high": self.high}[level]


class ShareRange(Record):
    """A share of a cost that is known as a range, in basis points."""

    low: BasisPoints
    expected: BasisPoints
    high: BasisPoints

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.expected <= self.high:
            raise PydanticCustomError("out-of-range", "low, expected and high must stand in ascending order")
        return self

    def at(self, level: Level) -> int:
        """Return the share at a level, in basis points."""
        return {"low": self.low, "expected": self.expected, "high": self.high}[level]


class PlaceYear(Record):
    """Per realised place and year, in proportion to the weeks taught out of `full_weeks` (never more than the whole)."""

    kind: Literal["place_year"]
    cents: CentsRange
    full_weeks: Weeks = 40


class ParticipantWeek(Record):
    """Per participant and course week; a course week is five teaching days. `max_weeks` weeks at most."""

    kind: Literal["participant_week"]
    cents: CentsRange
    max_weeks: Weeks | None = None


class Participant(Record):
    """A fixed amount per participant and course."""

    kind: Literal["participant"]
    cents: CentsRange


class Bonus(Record):
    """Once per person who meets the conditions, on top of other amounts."""

    kind: Literal["bonus"]
    cents: CentsRange


class ShareOfSeatPrice(Record):
    """A share of the price of the seat (class cost divided by class size), at most `cap_cents` per participant."""

    kind: Literal["share_of_seat_price"]
    share: ShareRange
    cap_cents: Cents | None = None


class BoardingWeek(Record):
    """Per participant who boards and course week; who boards is a fact of the demand line."""

    kind: Literal["boarding_week"]
    cents: CentsRange


class PaidHour(Record):
    """Per paid hour of work, at most `max_cents_per_year`, for so many months; hours per year are a fact of the demand line."""

    kind: Literal["paid_hour"]
    cents: CentsRange
    max_cents_per_year: Cents
    months: Months


class AdditionalPlace(Record):
    """Per place that the company makes in addition to those it had, at most `max_cents` for the whole alliance."""

    kind: Literal["additional_place"]
    cents: CentsRange
    max_cents: Cents


class SocialReturnYear(Record):
    """What a year's full-time place counts towards a social-return obligation, for so many months. Not cash."""

    kind: Literal["social_return_year"]
    cents: CentsRange
    months: Months


class SocialReturnAtCost(Record):
    """The price of the seat counts towards a social-return obligation at cost. Not cash."""

    kind: Literal["social_return_at_cost"]


Amount = Annotated[
    PlaceYear
    | ParticipantWeek
    | Participant
    | Bonus
    | ShareOfSeatPrice
    | BoardingWeek
    | PaidHour
    | AdditionalPlace
    | SocialReturnYear
    | SocialReturnAtCost,
    Field(discriminator="kind"),
]

AMOUNT_KINDS = (PlaceYear, ParticipantWeek, Participant, Bonus, ShareOfSeatPrice, BoardingWeek, PaidHour, AdditionalPlace,
                SocialReturnYear, SocialReturnAtCost)  # fmt: skip
"""The vocabulary, in the order of the documentation."""


def money_of(amount: Amount) -> Money:
    """Return whether an amount is cash or value towards an obligation."""
    return "social_return" if isinstance(amount, SocialReturnYear | SocialReturnAtCost) else "cash"

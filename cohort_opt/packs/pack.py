"""A rule pack: the schemes of one jurisdiction in one version, as data with validity, source and status."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cohort_opt.packs.amounts import Amount
from cohort_opt.packs.conditions import Condition, Topic
from cohort_opt.problem.fields import Bool, Date, Id, Int, Text
from cohort_opt.problem.records import Record

T = TypeVar("T")

Status = Literal["sample", "draft", "confirmed"]
"""How far a pack may be believed; the word stands beside every amount that a person sees."""
Reviewer = Literal["nobody", "planner", "subsidy_adviser", "legal_adviser", "authority"]
"""A role; a closed list, so that no person's name can be written here."""
JurisdictionKind = Literal["municipality", "labour_region", "country", "fund"]
LOCAL: tuple[JurisdictionKind, ...] = ("municipality", "labour_region")
"""Jurisdictions of which a municipality needs one; country and fund come on top."""
BudgetCents = Annotated[Int, Field(ge=0, le=10**12)]


def _by_id(rows: tuple[T, ...]) -> tuple[T, ...]:
    def key(row: Any) -> str:
        return str(row.id)

    return tuple(sorted(rows, key=key))


def _names(rows: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(rows)))


class Jurisdiction(Record):
    """Where a pack holds: a list of municipalities, or `everywhere` for a country or fund. Names are those of the companies."""

    kind: JurisdictionKind
    name: Text
    municipalities: Annotated[tuple[Text, ...], Field(max_length=2_000), AfterValidator(_names)] = ()
    everywhere: Bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.everywhere == bool(self.municipalities):
            raise PydanticCustomError("out-of-range", "needs a list of municipalities or everywhere, and not both")
        if self.everywhere and self.kind in LOCAL:
            raise PydanticCustomError("out-of-range", "only a country or a fund may hold everywhere")
        return self

    def covers(self, municipality: str) -> bool:
        """Return whether the pack holds in a municipality."""
        return self.everywhere or municipality in self.municipalities


class Payment(Record):
    """When the money comes: so many months after the named day. `school_year_end` is the next 31 July."""

    after: Literal["class_start", "class_end", "school_year_end", "calendar_year_end"]
    months: Annotated[Int, Field(ge=0, le=60)]


class Application(Record):
    """Until when the claim must be handed in: a day of the year before the class starts, or months after its start."""

    month: Annotated[Int, Field(ge=1, le=12)] | None = None
    day: Annotated[Int, Field(ge=1, le=31)] | None = None
    months_after_start: Annotated[Int, Field(ge=0, le=60)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        dated = self.month is not None and self.day is not None
        if (self.month is None) != (self.day is None) or dated == (self.months_after_start is not None):
            raise PydanticCustomError("out-of-range", "needs month and day, or months_after_start, and not both")
        if self.month is not None and self.day is not None and self.day > _LAST_DAY[self.month]:
            raise PydanticCustomError("invalid-date", "is not a day of every year")
        return self


_LAST_DAY = dict(zip(range(1, 13), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))


class Stack(Record):
    """The place of a scheme in its stacking group; the lower order is served first."""

    group: Id
    order: Annotated[Int, Field(ge=1, le=100)]


class StackGroup(Record):
    """Which schemes may be combined.

    Attributes
    ----------
    rule
        `all`: every scheme pays. `first`: for each trainee only the first that holds pays. `up_to_cost`: all pay in order until
        the price of the seat is reached; the last one is cut.
    """

    id: Id
    rule: Literal["all", "first", "up_to_cost"]


class Pot(Record):
    """A budget that several claims share.

    Attributes
    ----------
    budget_cents
        What is there in one period; `None` = not published, nothing is scaled.
    period
        `school_year` (1 August to 31 July) or `calendar_year`; a claim falls into the period in which its class starts.
    when_short
        `scale`: all claims are cut in proportion. `first_come`: claims are paid in order of the class start until it is empty.
    """

    id: Id
    name: Text
    budget_cents: BudgetCents | None = None
    period: Literal["school_year", "calendar_year"] = "calendar_year"
    when_short: Literal["scale", "first_come"] = "scale"


class PlaceBudget(Record):
    """What a municipality has for places in one period, for one group or for all: a hard cap on the plan.

    Attributes
    ----------
    group
        Whose places are paid from it, as companies answer it in counts; `None` = all places of its companies.
    cents_per_place
        What one place costs it.
    budget_cents
        What it has in one period; a place falls into the period in which its class starts.
    """

    id: Id
    name: Text
    group: Topic | None = None
    cents_per_place: Annotated[Int, Field(ge=1, le=10**9)]
    budget_cents: BudgetCents
    period: Literal["school_year", "calendar_year"] = "calendar_year"


class Scheme(Record):
    """One scheme: its conditions (all must hold) and its amounts (all are paid).

    Attributes
    ----------
    id
        The same word in every pack for the same thing (`bbl`, `older_bonus`): packs are compared by it.
    trades
        Trades that it covers; empty = all.
    """

    id: Id
    name: Text
    trades: Annotated[tuple[Text, ...], AfterValidator(_names)] = ()
    conditions: Annotated[tuple[Condition, ...], Field(max_length=20)] = ()
    amounts: Annotated[tuple[Amount, ...], Field(max_length=20)] = ()
    payment: Payment | None = None
    application: Application | None = None
    pot: Id | None = None
    stack: Stack | None = None


class RulePack(Record):
    """The schemes of one jurisdiction in one version. Data only: nothing in it is ever run.

    Attributes
    ----------
    valid_from, valid_until
        Both included; `None` = the source does not say.
    source
        Where the figures come from, in one line.
    reviewer
        Role of whoever checked it; a confirmed pack needs one.
    budgets
        Caps on places per period and group.
    gaps
        What the pack does not know, one line each. A pack without schemes must say why.
    """

    format: Literal["cohort-opt-rules/1"] = "cohort-opt-rules/1"
    id: Id
    name: Text
    jurisdiction: Jurisdiction
    valid_from: Date | None = None
    valid_until: Date | None = None
    source: Text
    reviewer: Reviewer = "nobody"
    status: Status
    schemes: Annotated[tuple[Scheme, ...], Field(max_length=200), AfterValidator(_by_id)] = ()
    groups: Annotated[tuple[StackGroup, ...], Field(max_length=100), AfterValidator(_by_id)] = ()
    pots: Annotated[tuple[Pot, ...], Field(max_length=100), AfterValidator(_by_id)] = ()
    budgets: Annotated[tuple[PlaceBudget, ...], Field(max_length=100), AfterValidator(_by_id)] = ()
    gaps: Annotated[tuple[Text, ...], Field(max_length=100)] = ()

    @property
    def is_dated(self) -> bool:
        """Return whether the source says from when the pack holds."""
        return self.valid_from is not None

    def may_hold_on(self, day: dt.date) -> bool:
        """Return whether the pack holds on a day, as far as its dates say; an open end does not exclude."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)

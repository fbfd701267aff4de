"""Bodies of rounds: the planner's base, the counts of a company, and the nights."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cohort_opt import (
    ALL_WEEKDAYS,
    Bool,
    Cents,
    Count,
    Date,
    Id,
    Int,
    Km,
    OutsideOptions,
    Text,
    Weekdays,
)
from service.schemas.jobs import JobState
from service.schemas.places import Area
from service.schemas.wire import InstanceDocument, Instant, PlainId, Wire

PatternKind = Literal["block", "day_release", "mixed"]
NOT_OF_THE_PLAN = {"line", "credited", "eligibility"}
"""Fields of a line that the solver does not know."""
MOST_CLOSURES = 200
"""Closed periods of one company; three years have 160 weeks."""


class Eligibility(Wire):
    """How many of a line keep a stated rule on a stated day, as the company answers: counts alone, and never who or why."""

    rule: Text
    on: Date
    yes: Annotated[Int, Field(ge=0, le=500)]
    no: Annotated[Int, Field(ge=0, le=500)]
    ask: Annotated[Int, Field(ge=0, le=500)]


class CompanyLine(Wire):
    """One line of a company's counts. The company is the one that asks; it is never part of the body.

    `line` names the line within the company and is the course where it is left out. `credited` of the trainees bring parts of
    the course that they have finished already, and keep them; `eligibility` is told to the academy alone. Neither changes the
    plan.
    """

    line: PlainId | None = None
    course: Id
    count: Count
    earliest_start: Date
    latest_start: Date
    weekdays: Weekdays = ALL_WEEKDAYS
    patterns: Annotated[tuple[PatternKind, ...], Field(min_length=1, max_length=3)] = ("block", "day_release")
    max_travel_km: Km
    together: Bool = False
    min_part: Count = 1
    max_seat_price_cents: Cents | None = None
    min_class_size: Count | None = None
    area: Area | None = None
    accepts_boarding: Bool = False
    certainty: Literal["firm", "likely", "maybe"] = "firm"
    probability_percent: Annotated[Int, Field(ge=1, le=100)] = 100
    not_above_alone: Bool = False
    support_seats: Annotated[Int, Field(ge=0, le=20)] = 0
    credited: Annotated[Int, Field(ge=0, le=500)] = 0
    eligibility: Annotated[tuple[Eligibility, ...], Field(max_length=20)] = ()
    outside: OutsideOptions = OutsideOptions()

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        if self.credited > self.count:
            raise PydanticCustomError("out-of-range", "credited is more than count; each trainee counts once")
        if any(asked.yes + asked.no + asked.ask != self.count for asked in self.eligibility):
            raise PydanticCustomError("counts-do-not-sum", "yes, no and ask must add up to count")
        return self

    @property
    def key(self) -> str:
        """Return the name of the line within its company."""
        return self.line or self.course

    def to_demand(self, company: str) -> dict[str, Any]:
        """Return the line as a demand of the instance, not yet validated."""
        return {"id": f"{company}.{self.key}", "company": company, **self.model_dump(mode="json", exclude=NOT_OF_THE_PLAN)}


class Closure(Wire):
    """Days on which a company lets nobody go, both included."""

    first: Date
    last: Date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise PydanticCustomError("start-after-end", "first lies after last; swap the two dates")
        return self


def _merged(periods: tuple[Closure, ...]) -> tuple[Closure, ...]:
    """Return the periods in order, those that overlap or touch as one."""
    found: list[Closure] = []
    for period in sorted(periods, key=lambda period: (period.first, period.last)):
        if found and (period.first - found[-1].last).days <= 1:
            found[-1] = Closure(first=found[-1].first, last=max(found[-1].last, period.last))
        else:
            found.append(period)
    return tuple(found)


class CompanyCounts(Wire):
    """All lines of one company, and the days on which it lets nobody go; they replace what was stored before."""

    lines: Annotated[tuple[CompanyLine, ...], Field(min_length=1, max_length=500)]
    closed: Annotated[tuple[Closure, ...], Field(max_length=MOST_CLOSURES), AfterValidator(_merged)] = ()


class StoredCounts(Wire):
    """What is stored for one company in one round; version 0 and no lines = nothing yet."""

    round: str
    company: str
    version: int
    lines: tuple[CompanyLine, ...]
    closed: tuple[Closure, ...] = ()
    stored_at: str | None


class CountsWarning(Wire):
    """Something that is stored as it is and will leave trainees without a seat: where, a stable code, the rule, a sentence."""

    pointer: str
    code: Literal["no-class-fits", "price-below-any-share"]
    rule: str
    detail: str


class CountsReceipt(StoredCounts):
    """What was stored, what will not help, and the night that reads it: a night that has begun keeps what it has read."""

    warnings: tuple[CountsWarning, ...]
    read_by: str


class RoundRequest(Wire):
    """A planning round: the academy side as an instance without demand lines."""

    name: Text
    base: InstanceDocument
    closes_at: Instant | None = None


class RoundState(Wire):
    """A round as everybody may see it."""

    id: str
    version: int
    name: str
    closes_at: str | None
    created_at: str


class RoundOverview(RoundState):
    """A round as its planner sees it: who has sent counts."""

    companies: int
    submitted: tuple[str, ...]
    trainees: int


class NightRequest(Wire):
    """Propose over the stored counts; the date is that of the local night, today where it is left out."""

    date: Date | None = None


class NightState(Wire):
    """One night's proposal of a round. `current` marks the last good one."""

    round: str
    date: str
    attempt: int
    current: bool
    job: JobState


class RoundList(Wire):
    """All rounds, by id."""

    rounds: tuple[RoundState, ...]


class NightList(Wire):
    """The nights of a round, the latest first."""

    nights: tuple[NightState, ...]

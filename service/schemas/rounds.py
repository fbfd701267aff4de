"""Bodies of rounds: the planner's base, the counts of a company, and the nights."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from cohort_opt import ALL_WEEKDAYS, Bool, Cents, Count, Date, Id, Int, Km, OutsideOptions, Text, Weekdays
from service.schemas.jobs import JobState
from service.schemas.wire import InstanceDocument, Instant, Wire

PatternKind = Literal["block", "day_release", "mixed"]


class CompanyLine(Wire):
    """One line of a company's counts. The company is the one that asks; it is never part of the body.

    `line` names the line within the company and is the course where it is left out.
    """

    line: Id | None = None
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
    area: Annotated[str, Field(pattern="^[1-9][0-9]{3}$")] | None = None
    accepts_boarding: Bool = False
    certainty: Literal["firm", "likely", "maybe"] = "firm"
    probability_percent: Annotated[Int, Field(ge=1, le=100)] = 100
    not_above_alone: Bool = False
    outside: OutsideOptions = OutsideOptions()

    @property
    def key(self) -> str:
        """Return the name of the line within its company."""
        return self.line or self.course

    def to_demand(self, company: str) -> dict[str, Any]:
        """Return the line as a demand of the instance, not yet validated."""
        return {"id": f"{company}.{self.key}", "company": company, **self.model_dump(mode="json", exclude={"line"})}


class CompanyCounts(Wire):
    """All lines of one company; they replace what was stored before."""

    lines: Annotated[tuple[CompanyLine, ...], Field(min_length=1, max_length=500)]


class StoredCounts(Wire):
    """What is stored for one company in one round; version 0 and no lines = nothing yet."""

    round: str
    company: str
    version: int
    lines: tuple[CompanyLine, ...]
    stored_at: str | None


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

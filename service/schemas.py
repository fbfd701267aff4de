"""What travels on the wire, what each reader may see, and the conversion to and from the library.

Every body is closed: an unknown field is refused. What a company may see of a proposal is decided here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
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
    Mode,
    Number,
    OutsideOptions,
    Reason,
    SolveParams,
    Text,
    Weekdays,
    unplaced_for_company,
)

PatternKind = Literal["block", "day_release"]
STATES = ("queued", "running", "done", "failed", "cancelled")
ENDED = ("done", "failed", "cancelled")


class Wire(BaseModel):
    """Base of everything that travels: frozen and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PydanticCustomError("wrong-type", "must be an object")
    return value


INSTANCE_MARK = {"type": "object", "title": "Instance"}
"""Stands for the instance's own schema, which `views/documentation.py` puts in its place."""

InstanceDocument = Annotated[dict[str, Any], BeforeValidator(_object), WithJsonSchema(INSTANCE_MARK)]
"""An instance as it came; the library reads and judges it, so that its errors are those of files and command."""


class Params(Wire):
    """How hard to search; nothing here changes what a good plan is. Ranges are those of the library's `SolveParams`."""

    mode: Mode = Mode.REPRODUCIBLE
    seed: Annotated[Int, Field(ge=0, le=2**31 - 1)] = 1
    deterministic_limit: Annotated[Number, Field(ge=0.001, le=100_000)] = 60.0
    time_limit_seconds: Annotated[Number, Field(ge=0.1, le=86_400)] = 300.0
    workers: Annotated[Int, Field(ge=1, le=64)] = 2
    gap_target: Annotated[Number, Field(ge=0, le=1)] = 0.0

    def to_library(self) -> SolveParams:
        """Return the same as the library's parameters."""
        return SolveParams(**self.model_dump())


class JobRequest(Wire):
    """One solve: an instance and how hard to search."""

    instance: InstanceDocument
    params: Params = Params()


class JobFailure(Wire):
    """Why a job failed: a stable code and a sentence."""

    code: str
    detail: str


class JobState(Wire):
    """The light state of a job: everything but the plan.

    `status` is how the solve ended (`optimal`, `feasible`, `infeasible`, `no_solution_in_time`, `empty`); it is `null` until
    then. While the job runs, `objective_cents`, `bound_cents`, `gap` and `seats` are those of the best plan so far.
    """

    id: str
    kind: Literal["interactive", "what_if", "night"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    status: Literal["optimal", "feasible", "infeasible", "no_solution_in_time", "empty"] | None
    phase: str
    objective_cents: int | None
    bound_cents: int | None
    gap: float | None
    seats: int | None
    attempt: int
    instance_fingerprint: str
    created_at: str
    started_at: str | None
    finished_at: str | None
    failure: JobFailure | None


class ValidationReport(Wire):
    """The instance keeps every rule; what it holds."""

    valid: Literal[True]
    instance_fingerprint: str
    companies: int
    demands: int
    trainees: int
    estimated_variables: int


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
    patterns: Annotated[tuple[PatternKind, ...], Field(min_length=1, max_length=2)] = ("block", "day_release")
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


def _instant(value: object) -> object:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "must be a text")
    try:
        instant = dt.datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("invalid-date", "must be an instant such as 2027-03-01T17:00:00+01:00") from None
    if instant.tzinfo is None:
        raise PydanticCustomError("ambiguous-time", "must carry its offset, such as 2027-03-01T17:00:00+01:00")
    return instant


Instant = Annotated[dt.datetime, BeforeValidator(_instant, json_schema_input_type=str)]


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


LEAST_PERSONS, LEAST_COMPANIES = 10, 3
"""No sum over fewer is told (reliability.md, G23)."""


class CourseSum(Wire):
    """Demand for one course over all companies of a round; `null` where it would tell about too few."""

    course: str
    course_name: str
    trainees: int | None
    companies: int | None


class RoundAggregate(Wire):
    """Sums over a round for readers. `trainees` over all courses is told only where no course was left out."""

    round: str
    courses: tuple[CourseSum, ...]
    trainees: int | None


def aggregate_of(round_id: str, names: dict[str, str], lines: list[tuple[str, str, int]]) -> RoundAggregate:
    """Return the sums of (company, course, count) lines, those over too few persons or companies left out.

    The total is left out with them: the difference between it and the courses shown would tell the missing one.
    """
    sums = []
    for course, name in sorted(names.items()):
        own = [(company, count) for company, wanted, count in lines if wanted == course]
        trainees, companies = sum(count for _, count in own), len({company for company, _ in own})
        told = trainees >= LEAST_PERSONS and companies >= LEAST_COMPANIES
        figures = {"trainees": trainees if told else None, "companies": companies if told else None}
        sums.append(CourseSum(course=course, course_name=name, **figures))
    total = None if any(row.trainees is None for row in sums) else sum(row.trainees or 0 for row in sums)
    return RoundAggregate(round=round_id, courses=tuple(sums), trainees=total)


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


class FlawDocument(BaseModel):
    """One thing that is wrong: where, which code, and the way out."""

    pointer: str
    code: str
    detail: str
    also: list[str]


class ProblemDocument(BaseModel):
    """Problem details (RFC 9457) with the findings one by one."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FlawDocument]


# ---- what one company may see of a plan ----------------------------------------------------------------------------------


class OwnSeats(Wire):
    """Seats of one company in one class.

    `share_cents` is its share where that tells nothing about another company's count; otherwise it is `null` and the share
    lies between `share_least_cents` and `share_most_cents`, the shares at the fullest and at the emptiest class allowed.
    """

    class_id: str
    course: str
    course_name: str
    site: str
    site_name: str
    municipality: str
    pattern: str
    dates: tuple[str, ...]
    seats: int
    lines: tuple[str, ...]
    fill: Literal["nearly_full", "filling", "not_told"]
    share_cents: int | None
    share_least_cents: int
    share_most_cents: int


class OwnReason(Wire):
    """A reason as the company may read it: name of its kind, and a sentence."""

    rule: str
    sentence: str


class OwnUnplaced(Wire):
    """Trainees of one line without a seat, and why as far as it tells nothing about others."""

    line: str
    course: str
    course_name: str
    asked: int
    count: int
    reasons: tuple[OwnReason, ...]


class CompanyProposal(Wire):
    """A proposal as one company may see it: its own figures and nothing of the others."""

    round: str
    date: str
    company: str
    status: str
    verified: bool
    asked: int
    seats: int
    classes: tuple[OwnSeats, ...]
    unplaced: tuple[OwnUnplaced, ...]


class PublicationRequest(Wire):
    """Publish the proposal of a night: every company with a seat in it gets an offer."""

    date: Date
    note: Text
    answer_until: Instant | None = None


class PublicationState(Wire):
    """What is published in a round."""

    round: str
    version: int
    date: str
    note: str
    answer_until: str | None
    created_at: str


class Conditions(Wire):
    """'Yes, if': the class holds at least so many, the seat costs at most so much, it starts by the end of that ISO week."""

    min_class_size: Count | None = None
    max_seat_price_cents: Cents | None = None
    latest_week: Annotated[str, Field(pattern="^[0-9]{4}-W[0-9]{2}$")] | None = None


class ReplyRequest(Wire):
    """A company's answer to an offer. Conditions belong to `conditional` and to nothing else; the next solve keeps to them."""

    answer: Literal["accept", "decline", "conditional", "ask"]
    conditions: Conditions = Conditions()


class OfferState(Wire):
    """An offer as its company sees it. `answer` is `open` until there is one."""

    id: str
    company: str
    class_id: str
    start: str
    seats: int
    answer: Literal["open", "accept", "decline", "conditional", "ask"]
    conditions: Conditions
    answered_at: str | None
    answer_until: str | None
    terms: OwnSeats


class OfferList(Wire):
    """The offers of one company in what is published now."""

    offers: tuple[OfferState, ...]


class ClassOutlook(Wire):
    """Go or no-go for one published class: days left, seats agreed, open and lost, seats missing to the minimum."""

    class_id: str
    course_name: str
    site_name: str
    start: str
    days_left: int
    min_seats: int
    max_seats: int
    agreed: int
    open: int
    lost: int
    missing: int
    decision: Literal["go", "wait", "no_go"]


class PublicationOverview(PublicationState):
    """What is published, as its planner follows it."""

    offers: tuple[OfferState, ...]
    outlook: tuple[ClassOutlook, ...]


def share_is_safe(own: int, size: int, companies: int) -> bool:
    """Whether an exact share leaves every other company at least three possible counts (reliability.md, G23).

    A share tells the size of the class, and so the sum of the others. With one other company that is its count; with more,
    each may have sent 1 to `others - 1` trainees, which must be three values at least.
    """
    others = size - own
    return companies == 1 or (companies >= 3 and others - 1 >= 3)


def company_view(round_id: str, date: str, company: str, proposal: dict[str, Any], instance: dict[str, Any]) -> CompanyProposal:
    """Return what one company may see of a stored proposal over a stored instance."""
    demands = {row["id"]: row for row in instance["demands"] if row["company"] == company}
    classes = [
        _own_seats(entry, company, proposal, instance)
        for entry in proposal["classes"] or ()
        if any(member["company"] == company for member in entry["members"])
    ]
    unplaced = [_own_unplaced(entry, company, instance) for entry in proposal["unplaced"] or () if entry["company"] == company]
    return CompanyProposal(
        round=round_id,
        date=date,
        company=company,
        status=proposal["status"],
        verified=proposal["verified"],
        asked=sum(row["count"] for row in demands.values()),
        seats=sum(entry.seats for entry in classes),
        classes=tuple(classes),
        unplaced=tuple(unplaced),
    )


def _named(instance: dict[str, Any], collection: str, key: str) -> dict[str, Any]:
    return next(row for row in instance[collection] if row["id"] == key)


def _own_seats(entry: dict[str, Any], company: str, proposal: dict[str, Any], instance: dict[str, Any]) -> OwnSeats:
    site = _named(instance, "sites", entry["site"])
    own = [member for member in entry["members"] if member["company"] == company]
    seats = sum(member["count"] for member in own)
    share = sum(
        row["share_cents"] for row in proposal["cost_shares"] if (row["class_id"], row["company"]) == (entry["id"], company)
    )
    companies = len({member["company"] for member in entry["members"]})
    least, most = _share_range(entry, seats, instance)
    return OwnSeats(
        class_id=entry["id"],
        course=entry["course"],
        course_name=_named(instance, "courses", entry["course"])["name"],
        site=entry["site"],
        site_name=site["name"],
        municipality=site["municipality"],
        pattern=entry["pattern"],
        dates=tuple(entry["dates"]),
        seats=seats,
        lines=tuple(member["demand"].removeprefix(f"{company}.") for member in own),
        fill=_fill(entry),
        share_cents=share if share_is_safe(seats, entry["size"], companies) else None,
        share_least_cents=least,
        share_most_cents=most,
    )


def _share_range(entry: dict[str, Any], seats: int, instance: dict[str, Any]) -> tuple[int, int]:
    """Return the share of so many seats in the fullest and in the emptiest class that the rules allow."""
    offering = _named(instance, "offerings", entry["offering"])
    fullest, emptiest = max(entry["max_seats"], seats), max(entry["min_seats"], seats)
    least = seats * offering["seat_cents"] + seats * offering["fixed_cents"] // fullest
    most = seats * offering["seat_cents"] + -(-seats * offering["fixed_cents"] // emptiest)
    return least, most


def _fill(entry: dict[str, Any]) -> Literal["nearly_full", "filling", "not_told"]:
    """Return the fill level as a band of at least three sizes; a class whose sizes do not allow two bands tells nothing."""
    threshold = entry["max_seats"] - max(2, entry["max_seats"] // 4)
    if threshold - entry["min_seats"] < 3:
        return "not_told"
    return "nearly_full" if entry["size"] >= threshold else "filling"


def _own_unplaced(entry: dict[str, Any], company: str, instance: dict[str, Any]) -> OwnUnplaced:
    course_name = _named(instance, "courses", entry["course"])["name"]
    reasons = unplaced_for_company([Reason.model_validate(reason) for reason in entry["reasons"]], course_name, entry["count"])
    return OwnUnplaced(
        line=entry["demand"].removeprefix(f"{company}."),
        course=entry["course"],
        course_name=course_name,
        asked=entry["asked"],
        count=entry["count"],
        reasons=tuple(OwnReason(rule=reason.rule, sentence=reason.sentence) for reason in reasons),
    )


def canonical(document: Any) -> str:
    """Return the document as JSON with sorted keys and no spaces; equal documents give equal text."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

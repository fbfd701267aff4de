"""Verbs of rounds: the planner sets one up, companies send their counts, and together they make an instance."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from cohort_opt import InstanceError
from service.actors import Actor, Role
from service.clock import local_date, stamp
from service.problems import Flaw, Refusal, from_instance_error, not_found
from service.schemas import (
    Closure,
    CompanyCounts,
    CompanyLine,
    CountsReceipt,
    CountsWarning,
    RoundAggregate,
    RoundOverview,
    RoundRequest,
    RoundState,
    StoredCounts,
    aggregate_of,
    canonical,
)
from service.services import bases
from service.services.bases import KnownRound
from service.services.context import Context
from service.services.instances import read_instance
from service.services.versions import ANY, Match
from service.store import ledger, tombstones
from service.store import rounds as rows


def put_round(
    context: Context, actor: Actor, round_id: str, request: RoundRequest, match: Match = ANY
) -> tuple[RoundState, bool]:
    """Store a version of a round; return it and whether the round is new.

    Raises
    ------
    Refusal
        If the base is not an instance without demand lines and pins, or the change is meant for another version.
    """
    must_plan(actor)
    base = read_instance({**request.base, "demands": request.base.get("demands", [])}, "/base")
    if base.demands or base.pins:
        detail = "The base of a round holds no demand lines and no pins; companies send their counts themselves."
        raise Refusal("unknown-field", detail, (Flaw("/base/demands", "unknown-field", detail),))
    now = context.now()
    with context.store.write() as connection:
        last = rows.head_of(connection, round_id)
        match.check(last["version"] if last else 0)
        if last is None and tombstones.is_erased(connection, "round", round_id):
            raise Refusal("already-exists", "A round of this id was erased; choose another id.")
        _no_erased(connection, (company.id for company in base.companies))
        row = {
            "id": round_id,
            "version": last["version"] + 1 if last else 1,
            "name": request.name,
            "base": base.canonical_json(),
            "closes_at": stamp(request.closes_at) if request.closes_at else None,
            "created_at": now,
            "created_by": actor.owner,
        }
        rows.add_round(connection, row)
        facts = {"version": row["version"], "fingerprint": base.fingerprint(), "rows": [ledger.row_digest("rounds", row)]}
        ledger.write_line(connection, now, actor.owner, "put-round", round_id, facts)
    return _round_state(row), last is None


def list_rounds(context: Context, actor: Actor) -> list[RoundState]:
    """Return the rounds that the actor may know of: a company those that it takes part in."""
    if not (actor.plans or actor.role in (Role.READER, Role.COMPANY)):
        raise Refusal("forbidden", "This role sees no rounds.")
    with context.store.read(whole=actor.role is Role.READER) as connection:
        found = rows.all_heads(connection, actor.company if actor.role is Role.COMPANY else None)
    return [_round_state(row) for row in found]


def aggregate(context: Context, actor: Actor, round_id: str) -> RoundAggregate:
    """Return sums over a round that tell nothing about one company or one person, for readers and planners."""
    if not (actor.plans or actor.role is Role.READER):
        raise Refusal("forbidden", "Only readers and planners see the sums of a round.")
    with context.store.read(whole=True) as connection:
        courses = bases.known(connection, round_id).held.courses
        lines = [
            (stored["company"], line["course"], line["count"])
            for stored in rows.all_counts(connection, round_id)
            for line in json.loads(stored["lines"])
        ]
    return aggregate_of(round_id, {course.id: course.name for course in courses.values()}, lines)


def get_round(context: Context, actor: Actor, round_id: str) -> RoundOverview:
    """Return a round with who has sent counts, for its planner."""
    must_plan(actor)
    with context.store.read() as connection:
        found = bases.known(connection, round_id)
        counts = [stored for stored in rows.all_counts(connection, round_id) if stored["lines"] != "[]"]
    trainees = sum(line["count"] for stored in counts for line in json.loads(stored["lines"]))
    return RoundOverview(
        **_round_state(found.head).model_dump(),
        companies=len(found.held.companies),
        submitted=tuple(stored["company"] for stored in counts),
        trainees=trainees,
    )


def submit_counts(
    context: Context, actor: Actor, round_id: str, company: str, request: CompanyCounts, match: Match = ANY
) -> CountsReceipt:
    """Store one company's counts, which replace what it sent before.

    Raises
    ------
    Refusal
        `not-found` for an unknown company as for somebody else's, `round-closed` after the closing time, and every rule of
        the library that a line breaks.
    """
    now = context.now()
    with context.store.read() as connection:
        found = own_round(connection, actor, round_id, company)
        _must_be_open(found.head, now)
    warnings = _judged(context, found, company, request)
    lines = canonical([line.model_dump(mode="json") for line in request.lines])
    closed = canonical([period.model_dump(mode="json") for period in request.closed]) if request.closed else None
    with context.store.write() as connection:
        head, last = rows.head_and_counts(connection, round_id, company)
        if head != found.head:
            raise Refusal("state-changed", "The round was changed at this moment; send the counts again.")
        match.check(last["version"] if last else 0)
        stored = _keep_counts(connection, actor, round_id, company, lines, now, "submit-counts", closed, last)
        read_by = _next_night(context, connection, round_id)
    return CountsReceipt(**dict(stored), warnings=warnings, read_by=read_by)


def check_counts(context: Context, actor: Actor, round_id: str, company: str, request: CompanyCounts) -> CountsReceipt:
    """Return what a submit would answer, and refuse what it would refuse; nothing is stored."""
    with context.store.read() as connection:
        found = own_round(connection, actor, round_id, company)
        _must_be_open(found.head, context.now())
        read_by, version = _next_night(context, connection, round_id), _version(connection, round_id, company)
    warnings = _judged(context, found, company, request)
    return CountsReceipt(
        round=round_id, company=company, version=version, lines=request.lines, closed=request.closed, stored_at=None,
        warnings=warnings, read_by=read_by,
    )  # fmt: skip


def withdraw_counts(context: Context, actor: Actor, round_id: str, company: str, match: Match = ANY) -> StoredCounts:
    """Withdraw everything that the company sent; twice is once."""
    now = context.now()
    with context.store.write() as connection:
        _must_be_open(own_round(connection, actor, round_id, company).head, now)
        match.check(_version(connection, round_id, company))
        last = rows.get_counts(connection, round_id, company)
        if last is None or last["lines"] == "[]":
            return _stored(round_id, company, last)
        return _keep_counts(connection, actor, round_id, company, "[]", now, "withdraw-counts", None)


def get_counts(context: Context, actor: Actor, round_id: str, company: str) -> StoredCounts:
    """Return a company's own counts."""
    with context.store.read() as connection:
        own_round(connection, actor, round_id, company)
        return _stored(round_id, company, rows.get_counts(connection, round_id, company))


def counts_document(context: Context, actor: Actor, round_id: str, company: str) -> tuple[str, int]:
    """Return a company's own counts as JSON, with their version: what `get_counts` holds, straight from its row."""
    with context.store.read() as connection:
        head, row = rows.head_and_counts(connection, round_id, company)
        _own(connection, actor, company, head)
    if row is None or '"eligibility":' not in row["lines"]:  # nothing yet, or lines of before the present form
        stored = _stored(round_id, company, row)
        return stored.model_dump_json(), stored.version
    beginning = json.dumps({"round": round_id, "company": company, "version": row["version"]})[:-1]
    ending = json.dumps({"stored_at": row["created_at"]})[1:]
    return f'{beginning}, "lines": {row["lines"]}, "closed": {row["closed"] or "[]"}, {ending}', int(row["version"])


def round_base(context: Context, actor: Actor, round_id: str, company: str) -> dict[str, Any]:
    """Return what a company's form needs of the round: its courses and calendar, and its own name."""
    with context.store.read() as connection:
        found = own_round(connection, actor, round_id, company)
    base = found.held.base
    return {
        "round": _round_state(found.head),
        "courses": [course.model_dump(mode="json") for course in base.courses],
        "calendar": base.calendar.model_dump(mode="json"),
        "company": found.held.companies[company].model_dump(mode="json"),
    }


def round_companies(context: Context, actor: Actor, round_id: str) -> list[dict[str, Any]]:
    """Return the companies of a round, for its planner."""
    must_plan(actor)
    with context.store.read() as connection:
        return [company.model_dump(mode="json") for company in bases.known(connection, round_id).held.base.companies]


# ---- inside --------------------------------------------------------------------------------------------------------------


def must_plan(actor: Actor) -> None:
    """Refuse who does not plan."""
    if not actor.plans:
        raise Refusal("forbidden", "Only a planner may do that.")


def known_round(connection: Connection, round_id: str) -> Mapping[str, Any]:
    """Return a round, or the one answer for what is absent."""
    row = rows.get_round(connection, round_id)
    if row is None:
        raise not_found()
    return row


def own_round(connection: Connection, actor: Actor, round_id: str, company: str) -> KnownRound:
    """Return a round in which the actor may speak for the company, or the one answer for what is absent."""
    return _own(connection, actor, company, rows.head_of(connection, round_id))


def _own(connection: Connection, actor: Actor, company: str, head: Mapping[str, Any] | None) -> KnownRound:
    if not actor.speaks_for(company):
        raise not_found()
    found = bases.of_head(connection, head)
    if company not in found.held.companies:
        if actor.plans and tombstones.is_erased(connection, "company", company):
            raise Refusal("gone", "This company was erased; only its id is left, so that nobody else gets it.")
        raise not_found()
    return found


def keep_late_line(connection: Connection, actor: Actor, round_id: str, line: Mapping[str, Any], now: str) -> StoredCounts:
    """Add a demand line to the counts of its company in the transaction of the caller, also when the round has closed."""
    must_plan(actor)
    company = line["company"]
    last = rows.get_counts(connection, round_id, company)
    own = {name: value for name, value in line.items() if name in CompanyLine.model_fields}
    late = CompanyLine.model_validate({**own, "line": line["id"].removeprefix(f"{company}.")})
    lines = [*(json.loads(last["lines"]) if last else []), late.model_dump(mode="json")]
    return _keep_counts(connection, actor, round_id, company, canonical(lines), now, "keep-late-line")


def _no_erased(connection: Connection, companies: Iterable[str]) -> None:
    """Refuse ids of companies that were erased: nobody else may get one."""
    if erased := sorted(set(companies) & tombstones.erased(connection, "company")):
        detail = f"Company[{erased[0]}]: a company of this id was erased; choose another id."
        raise Refusal("already-exists", detail, (Flaw("/base/companies", "already-exists", detail),))


def _version(connection: Connection, round_id: str, company: str) -> int:
    stored = rows.get_counts(connection, round_id, company)
    return int(stored["version"]) if stored else 0


def _must_be_open(row: Mapping[str, Any], now: str) -> None:
    if row["closes_at"] is not None and now >= row["closes_at"]:
        raise Refusal("round-closed", f"The round closed at {row['closes_at']}; ask the planner for a place in the next one.")


def _judged(context: Context, found: KnownRound, company: str, request: CompanyCounts) -> tuple[CountsWarning, ...]:
    """Let the library judge the lines inside the round; return what is allowed and will not help.

    Raises
    ------
    Refusal
        With places in the body.
    """
    if flaws := tuple(_repeated(request.lines)):
        raise Refusal("duplicate-line", "A line stands twice; merge the two or name them with `line`.", flaws)
    documents = [line.to_demand(company) for line in request.lines]
    try:
        lines = found.held.check(company, documents)
    except InstanceError as error:
        raise _in_the_body(context, found, request, from_instance_error(error)) from None
    return tuple(
        CountsWarning(pointer=f"/lines/{doubt.line}", code=WARNING_CODES.get(doubt.code, "no-class-fits"), rule=doubt.code,
                      detail=WARNINGS.get(doubt.code, NO_CLASS))
        for doubt in found.held.doubts(lines)
    )  # fmt: skip


NO_CLASS = "No class of this round suits this line as it stands; its trainees will wait."
WARNINGS = {
    "price_cap": "No class can cost so little, even when it is full; its trainees will wait.",
    "start_window": "No class starts between these dates; its trainees will wait.",
    "travel_limit": "No place is so near; its trainees will wait.",
    "weekdays": "No class keeps to these days; its trainees will wait.",
    "release_pattern": "No class has this pattern; its trainees will wait.",
}
WARNING_CODES = {"price_cap": "price-below-any-share"}


def _in_the_body(context: Context, found: KnownRound, request: CompanyCounts, refusal: Refusal) -> Refusal:
    """Return a refusal with the places of the body; a course that the round once had is told as such."""
    flaws = []
    for flaw in refusal.flaws:
        pointer = flaw.pointer.replace("/demands/", "/lines/", 1)
        code, detail = flaw.code, flaw.detail
        if code == "unknown-trade" and _was_taught(context, found, request, pointer):
            code, detail = "retired-trade", f"{detail.partition(':')[0]}: this round no longer has the course; choose another."
        flaws.append(Flaw(pointer, code, detail, tuple(place.replace("/demands/", "/lines/", 1) for place in flaw.also)))
    return Refusal(flaws[0].code if len(flaws) == 1 else refusal.code, flaws[0].detail if len(flaws) == 1 else refusal.detail,
                   tuple(flaws))  # fmt: skip


def _was_taught(context: Context, found: KnownRound, request: CompanyCounts, pointer: str) -> bool:
    course = request.lines[int(pointer.split("/")[2])].course
    with context.store.read() as connection:
        return rows.was_taught(connection, str(found.head["id"]), int(found.head["version"]), course)


def _next_night(context: Context, connection: Connection, round_id: str) -> str:
    """Return the date of the night that will read what is stored now: a night that has begun keeps what it has read."""
    date = local_date(context.clock(), context.settings.zone)
    return (date + dt.timedelta(days=rows.has_night(connection, round_id, date.isoformat()))).isoformat()


def _repeated(lines: tuple[CompanyLine, ...]) -> Iterable[Flaw]:
    keys = [line.key for line in lines]
    for i, key in enumerate(keys):
        if keys.count(key) > 1:
            yield Flaw(f"/lines/{i}", "duplicate-line", "The line stands twice.")


def _keep_counts(
    connection: Connection,
    actor: Actor,
    round_id: str,
    company: str,
    lines: str,
    now: str,
    action: str,
    closed: str | Literal[True] | None = True,
    last: Mapping[str, Any] | Literal[False] | None = False,
) -> StoredCounts:
    """Add a version of a company's counts.

    Parameters
    ----------
    closed
        Its closed days; `None` = none, true = as before.
    last
        The version before; `None` = there is none, false = not looked up yet.
    """
    if last is False:
        last = rows.get_counts(connection, round_id, company)
    if closed is True:
        closed = last["closed"] if last else None
    row = {
        "round": round_id,
        "company": company,
        "version": last["version"] + 1 if last else 1,
        "lines": lines,
        "closed": closed,
        "created_at": now,
        "created_by": actor.owner,
    }
    rows.add_counts(connection, row)
    facts = {"version": row["version"], "rows": [ledger.row_digest("demands", row)]}
    ledger.write_line(connection, now, actor.owner, action, f"{round_id}/{company}", facts)
    return _stored(round_id, company, row)


def _stored(round_id: str, company: str, row: Mapping[str, Any] | None) -> StoredCounts:
    lines = tuple(CompanyLine.model_validate(line) for line in json.loads(row["lines"])) if row else ()
    closed = tuple(Closure.model_validate(period) for period in json.loads(row["closed"] or "[]")) if row else ()
    version, at = (row["version"], row["created_at"]) if row else (0, None)
    return StoredCounts(round=round_id, company=company, version=version, lines=lines, closed=closed, stored_at=at)


def _round_state(row: Mapping[str, Any]) -> RoundState:
    return RoundState(**{name: row[name] for name in ("id", "version", "name", "closes_at", "created_at")})


def parse_date(text: str) -> dt.date:
    """Return the date of a path segment; anything else is an object that does not exist."""
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> dt.date:
    raise not_found()

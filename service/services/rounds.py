"""Verbs of rounds: the planner sets one up, companies send their counts, and together they make an instance."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from service.actors import Actor, Role
from service.clock import stamp
from service.problems import Flaw, Refusal, not_found
from service.schemas import (
    CompanyCounts,
    CompanyLine,
    RoundAggregate,
    RoundOverview,
    RoundRequest,
    RoundState,
    StoredCounts,
    aggregate_of,
    canonical,
)
from service.services.context import Context
from service.services.instances import read_instance
from service.services.versions import ANY, Match
from service.store import ledger
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
        last = rows.get_round(connection, round_id)
        match.check(last["version"] if last else 0)
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
    with context.store.read() as connection:
        found = rows.all_rounds(connection)
    if actor.role is Role.COMPANY:
        found = [row for row in found if actor.company in _members(row)]
    elif not (actor.plans or actor.role is Role.READER):
        raise Refusal("forbidden", "This role sees no rounds.")
    return [_round_state(row) for row in found]


def aggregate(context: Context, actor: Actor, round_id: str) -> RoundAggregate:
    """Return sums over a round that tell nothing about one company or one person, for readers and planners."""
    if not (actor.plans or actor.role is Role.READER):
        raise Refusal("forbidden", "Only readers and planners see the sums of a round.")
    with context.store.read(whole=True) as connection:
        row = known_round(connection, round_id)
        lines = [
            (stored["company"], line["course"], line["count"])
            for stored in rows.all_counts(connection, round_id)
            for line in json.loads(stored["lines"])
        ]
    return aggregate_of(round_id, {course["id"]: course["name"] for course in json.loads(row["base"])["courses"]}, lines)


def get_round(context: Context, actor: Actor, round_id: str) -> RoundOverview:
    """Return a round with who has sent counts, for its planner."""
    must_plan(actor)
    with context.store.read() as connection:
        row = known_round(connection, round_id)
        counts = [stored for stored in rows.all_counts(connection, round_id) if stored["lines"] != "[]"]
    trainees = sum(line["count"] for stored in counts for line in json.loads(stored["lines"]))
    return RoundOverview(
        **_round_state(row).model_dump(),
        companies=len(json.loads(row["base"])["companies"]),
        submitted=tuple(stored["company"] for stored in counts),
        trainees=trainees,
    )


def submit_counts(
    context: Context, actor: Actor, round_id: str, company: str, request: CompanyCounts, match: Match = ANY
) -> StoredCounts:
    """Store one company's counts, which replace what it sent before.

    Raises
    ------
    Refusal
        `not-found` for an unknown company as for somebody else's, `round-closed` after the closing time, and every rule of
        the library that a line breaks.
    """
    now = context.now()
    with context.store.write() as connection:
        row = own_round(connection, actor, round_id, company)
        _must_be_open(row, now)
        match.check(_version(connection, round_id, company))
        _check_lines(json.loads(row["base"]), company, request.lines)
        lines = canonical([line.model_dump(mode="json") for line in request.lines])
        return _keep_counts(connection, actor, round_id, company, lines, now, "submit-counts")


def check_counts(context: Context, actor: Actor, round_id: str, company: str, request: CompanyCounts) -> None:
    """Refuse what a submit would refuse; nothing is stored."""
    with context.store.read() as connection:
        row = own_round(connection, actor, round_id, company)
        _must_be_open(row, context.now())
        _check_lines(json.loads(row["base"]), company, request.lines)


def withdraw_counts(context: Context, actor: Actor, round_id: str, company: str, match: Match = ANY) -> StoredCounts:
    """Withdraw everything that the company sent; twice is once."""
    now = context.now()
    with context.store.write() as connection:
        row = own_round(connection, actor, round_id, company)
        _must_be_open(row, now)
        match.check(_version(connection, round_id, company))
        last = rows.get_counts(connection, round_id, company)
        if last is None or last["lines"] == "[]":
            return _stored(round_id, company, last)
        return _keep_counts(connection, actor, round_id, company, "[]", now, "withdraw-counts")


def get_counts(context: Context, actor: Actor, round_id: str, company: str) -> StoredCounts:
    """Return a company's own counts."""
    with context.store.read() as connection:
        own_round(connection, actor, round_id, company)
        return _stored(round_id, company, rows.get_counts(connection, round_id, company))


def round_base(context: Context, actor: Actor, round_id: str, company: str) -> dict[str, Any]:
    """Return what a company's form needs of the round: its courses and calendar, and its own name."""
    with context.store.read() as connection:
        row = own_round(connection, actor, round_id, company)
    base = json.loads(row["base"])
    own = next(entry for entry in base["companies"] if entry["id"] == company)
    return {"round": _round_state(row), "courses": base["courses"], "calendar": base["calendar"], "company": own}


def round_companies(context: Context, actor: Actor, round_id: str) -> list[dict[str, Any]]:
    """Return the companies of a round, for its planner."""
    must_plan(actor)
    with context.store.read() as connection:
        return list(json.loads(known_round(connection, round_id)["base"])["companies"])


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


def own_round(connection: Connection, actor: Actor, round_id: str, company: str) -> Mapping[str, Any]:
    """Return a round in which the actor may speak for the company, or the one answer for what is absent."""
    row = known_round(connection, round_id)
    if company not in _members(row) or not actor.speaks_for(company):
        raise not_found()
    return row


def keep_late_line(connection: Connection, actor: Actor, round_id: str, line: Mapping[str, Any], now: str) -> StoredCounts:
    """Add a demand line to the counts of its company in the transaction of the caller, also when the round has closed."""
    must_plan(actor)
    company = line["company"]
    last = rows.get_counts(connection, round_id, company)
    own = {name: value for name, value in line.items() if name in CompanyLine.model_fields}
    late = CompanyLine.model_validate({**own, "line": line["id"].removeprefix(f"{company}.")})
    lines = [*(json.loads(last["lines"]) if last else []), late.model_dump(mode="json")]
    return _keep_counts(connection, actor, round_id, company, canonical(lines), now, "keep-late-line")


def _members(row: Mapping[str, Any]) -> set[str]:
    return {entry["id"] for entry in json.loads(row["base"])["companies"]}


def _version(connection: Connection, round_id: str, company: str) -> int:
    stored = rows.get_counts(connection, round_id, company)
    return int(stored["version"]) if stored else 0


def _must_be_open(row: Mapping[str, Any], now: str) -> None:
    if row["closes_at"] is not None and now >= row["closes_at"]:
        raise Refusal("round-closed", f"The round closed at {row['closes_at']}; ask the planner for a place in the next one.")


def _check_lines(base: dict[str, Any], company: str, lines: tuple[CompanyLine, ...]) -> None:
    """Let the library judge the lines inside the round; pointers come back as places in the body."""
    if flaws := tuple(_repeated(lines)):
        raise Refusal("duplicate-line", "A line stands twice; merge the two or name them with `line`.", flaws)
    base["demands"] = [line.to_demand(company) for line in lines]
    places = {f"/demands/{row['id']}": f"/lines/{i}" for i, row in enumerate(base["demands"])}
    places |= {f"/demands/{i}": f"/lines/{i}" for i in range(len(lines))}
    try:
        read_instance(base)
    except Refusal as refusal:
        flaws = tuple(Flaw(_moved(flaw.pointer, places), flaw.code, flaw.detail) for flaw in refusal.flaws)
        raise Refusal(refusal.code, refusal.detail, flaws) from None


def _repeated(lines: tuple[CompanyLine, ...]) -> Iterable[Flaw]:
    keys = [line.key for line in lines]
    for i, key in enumerate(keys):
        if keys.count(key) > 1:
            yield Flaw(f"/lines/{i}", "duplicate-line", "The line stands twice.")


def _moved(pointer: str, places: Mapping[str, str]) -> str:
    head = "/".join(pointer.split("/")[:3])
    return places.get(head, head) + pointer[len(head) :]


def _keep_counts(
    connection: Connection, actor: Actor, round_id: str, company: str, lines: str, now: str, action: str
) -> StoredCounts:
    last = rows.get_counts(connection, round_id, company)
    row = {
        "round": round_id,
        "company": company,
        "version": last["version"] + 1 if last else 1,
        "lines": lines,
        "created_at": now,
        "created_by": actor.owner,
    }
    rows.add_counts(connection, row)
    facts = {"version": row["version"], "rows": [ledger.row_digest("demands", row)]}
    ledger.write_line(connection, now, actor.owner, action, f"{round_id}/{company}", facts)
    return _stored(round_id, company, row)


def _stored(round_id: str, company: str, row: Mapping[str, Any] | None) -> StoredCounts:
    lines = tuple(CompanyLine.model_validate(line) for line in json.loads(row["lines"])) if row else ()
    version, at = (row["version"], row["created_at"]) if row else (0, None)
    return StoredCounts(round=round_id, company=company, version=version, lines=lines, stored_at=at)


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

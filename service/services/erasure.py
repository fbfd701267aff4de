"""Erasing one company: everything that it sent, was shown or agreed goes, from every round, plan, mail and session.

Its id stays as a tombstone, so that nobody else gets it. What others agreed stays; plans that were made with its counts go, and
of each such night only sums over the remaining companies are kept, where these are enough (reliability.md, G23, G25).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from service.actors import Actor, Role
from service.problems import Refusal, not_found
from service.schemas import canonical
from service.schemas.sums import aggregate_of
from service.services import bases, known_tokens
from service.services import outbox as posted
from service.services.context import Context
from service.services.retention import about_rounds, must_erase, scrub
from service.store import ledger, tombstones
from service.store import offers as offer_rows
from service.store import rounds as round_rows
from service.store.rows import every
from service.store.tables import (
    accounts,
    company_views,
    deliveries,
    demands,
    drafts,
    erasing,
    feeds,
    idempotency,
    jobs,
    links,
    nights,
    offers,
    outbox,
    parts,
    proposals,
    publications,
    replies,
    rounds,
    sessions,
    snapshots,
    tokens,
    webhooks,
    what_ifs,
)

NOTHING = "{}"
"""Body of the snapshot of a job whose input was erased."""


def erase_company(context: Context, actor: Actor, company: str) -> None:
    """Erase a company from all rounds; for planners and operators.

    Raises
    ------
    Refusal
        `state-changed`, while it has seats in a published plan whose class is still to come; `gone` the second time.
    """
    must_erase(actor)
    now = context.now()
    with context.store.write(whole=actor.role is Role.OPERATOR) as connection:
        if tombstones.is_erased(connection, "company", company):
            raise Refusal("gone", "This company was erased already.")
        own_rounds = _rounds_of(connection, company)
        if not own_rounds and not _accounts_of(connection, company):
            raise not_found()
        _must_have_no_seats(connection, own_rounds, company, now[:10])
        connection.execute(insert(erasing).values(number=1))
        trail = _Trail(connection)
        mails = _erase_people(connection, company)
        wiped = _jobs_with(connection, company)
        _keep_sums(connection, wiped, company)
        mails += _erase_plans(trail, own_rounds, wiped, company, now)
        _erase_own_rows(trail, company)
        for round_id in own_rounds:
            _leave_round(trail, round_id, company, now, actor)
        connection.execute(delete(erasing))
        connection.execute(delete(parts))  # nobody knows whose they are
        tombstones.add(connection, "company", company, now)
        facts = {"erased": sorted(trail.erased), "rows": sorted(trail.written)}
        ledger.write_line(connection, now, actor.owner, "erase-company", company, facts)
    known_tokens.forget()
    for round_id in own_rounds:
        bases.forget(round_id)
    posted.drop_files(context, mails)
    scrub(context)


def sums_of(context: Context, actor: Actor, round_id: str) -> list[dict[str, Any]]:
    """Return what was kept of nights whose plans were erased, for readers and planners."""
    if not (actor.plans or actor.role is Role.READER):
        raise Refusal("forbidden", "Only readers and planners see the sums of a round.")
    with context.store.read(whole=actor.role is Role.READER) as connection:
        bases.known(connection, round_id)
        return tombstones.sums_of(connection, round_id)


# ---- inside --------------------------------------------------------------------------------------------------------------


class _Trail:
    """What the audit line must say: the digests of rows that are gone, and of those written in their place."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.erased: list[str] = []
        self.written: list[str] = []

    def delete(self, table: Table, where: Any) -> None:
        """Delete rows of a table whose audit lines hold one digest for each of them."""
        self.erased += [ledger.row_digest(table.name, row) for row in every(self.connection, select(table).where(where))]
        self.connection.execute(delete(table).where(where))

    def replace_set(self, name: str, before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> None:
        """Tell that a set of rows with one digest for all of them has become another."""
        self.erased.append(ledger.row_digest(name, *before))
        self.written.append(ledger.row_digest(name, *after))


def _rounds_of(connection: Connection, company: str) -> list[str]:
    """Return the rounds in any version of which the company takes part, or took part."""
    found = connection.execute(select(rounds.c.id, rounds.c.base)).all()
    sent = set(connection.execute(select(demands.c.round).where(demands.c.company == company)).scalars())
    named = {row.id for row in found if any(entry["id"] == company for entry in json.loads(row.base)["companies"])}
    return sorted(named | sent)


def _accounts_of(connection: Connection, company: str) -> list[str]:
    return list(connection.execute(select(accounts.c.id).where(accounts.c.company == company)).scalars())


def _must_have_no_seats(connection: Connection, round_ids: Iterable[str], company: str, today: str) -> None:
    for round_id in round_ids:
        last = offer_rows.current(connection, round_id)
        if last is None or last["job"] is None:
            continue
        for offer in offer_rows.offers_of(connection, round_id, last["version"], company):
            if offer["answer"] != "decline" and offer["start"] >= today:
                told = f"Company[{company}] has seats in {offer['class_id']}, published in round {round_id}"
                raise Refusal("state-changed", f"{told}: decline them or withdraw the plan first.")


def _erase_people(connection: Connection, company: str) -> list[str]:
    """Turn the accounts of a company into tombstones without address or company; return the mails that were theirs."""
    people = _accounts_of(connection, company)
    mails = list(connection.execute(select(outbox.c.id).where(outbox.c.account.in_(people))).scalars())
    for table in (outbox, links, sessions, tokens):
        connection.execute(delete(table).where(table.c.account.in_(people)))
    connection.execute(delete(accounts).where(accounts.c.id.in_(people)))
    connection.execute(delete(feeds).where(feeds.c.company == company))
    own = select(webhooks.c.id).where(webhooks.c.owner == f"company:{company}")
    connection.execute(delete(deliveries).where(deliveries.c.webhook.in_(own)))
    connection.execute(delete(webhooks).where(webhooks.c.owner == f"company:{company}"))
    return mails


def _jobs_with(connection: Connection, company: str) -> list[dict[str, Any]]:
    """Return every job whose instance names the company."""
    found = []
    for row in every(connection, select(jobs.c.id, jobs.c.owner, jobs.c.kind, jobs.c.fingerprint)):
        body = connection.execute(select(snapshots.c.body).where(snapshots.c.fingerprint == row["fingerprint"])).scalar_one()
        if row["owner"] == f"company:{company}" or any(entry["id"] == company for entry in json.loads(body).get("companies", ())):
            found.append({**row, "instance": json.loads(body)})
    return found


def _keep_sums(connection: Connection, wiped: Iterable[Mapping[str, Any]], company: str) -> None:
    """Keep of each night the sums over the companies that stay, where these are enough."""
    for job in wiped:
        night = connection.execute(select(nights.c.round, nights.c.date).where(nights.c.job == job["id"])).first()
        if night is None:
            continue
        lines = [(row["company"], row["course"], row["count"]) for row in job["instance"]["demands"] if row["company"] != company]
        told = aggregate_of(night.round, {row["course"]: "" for row in job["instance"]["demands"]}, lines).courses
        sums = [{"course": row.course, "trainees": row.trainees, "companies": row.companies} for row in told if row.trainees]
        tombstones.keep_sums(connection, night.round, night.date, sums)


def _erase_plans(
    trail: _Trail, round_ids: list[str], wiped: list[dict[str, Any]], company: str, now: str
) -> list[str]:  # fmt: skip
    """Erase the plans that were made with the company, and mails that tell of them; their jobs stay as light states."""
    connection, names = trail.connection, [row["id"] for row in wiped]
    trail.delete(proposals, proposals.c.job.in_(names))
    trail.delete(what_ifs, what_ifs.c.job.in_(names))
    connection.execute(delete(drafts).where(drafts.c.job.in_(names)))
    for job in names:
        _replace_views(trail, job, company)
    own = [row["id"] for row in wiped if row["owner"] == f"company:{company}" and row["kind"] == "interactive"]
    used = {row["fingerprint"] for row in wiped}
    empty = hashlib.sha256(NOTHING.encode()).hexdigest()
    if wiped and connection.execute(select(snapshots.c.fingerprint).where(snapshots.c.fingerprint == empty)).first() is None:
        row = {"fingerprint": empty, "body": NOTHING, "created_at": now}
        connection.execute(insert(snapshots).values(**row))
        trail.written.append(ledger.row_digest("snapshots", row))
    connection.execute(delete(jobs).where(jobs.c.id.in_(own)))
    connection.execute(update(jobs).where(jobs.c.id.in_(names)).values(fingerprint=empty))
    trail.delete(snapshots, snapshots.c.fingerprint.in_(used - {empty}))
    mails = list(connection.execute(select(outbox.c.id).where(about_rounds(round_ids))).scalars())
    connection.execute(delete(outbox).where(outbox.c.id.in_(mails)))
    return mails


def _replace_views(trail: _Trail, job: str, company: str) -> None:
    before = every(trail.connection, select(company_views).where(company_views.c.job == job))
    if any(row["company"] == company for row in before):
        trail.connection.execute(delete(company_views).where(company_views.c.job == job, company_views.c.company == company))
        after = [row for row in before if row["company"] != company]
        trail.erased.append(ledger.row_digest("company_views", *before))
        trail.written += [ledger.row_digest("company_views", *after)] if after else []


def _erase_own_rows(trail: _Trail, company: str) -> None:
    connection = trail.connection
    trail.delete(demands, demands.c.company == company)
    own = select(offers.c.id).where(offers.c.company == company)
    trail.delete(replies, replies.c.offer.in_(own))
    for row in every(connection, select(publications).where(publications.c.job.is_not(None))):
        before = every(connection, select(offers).where(offers.c.round == row["round"], offers.c.version == row["version"]))
        if any(offer["company"] == company for offer in before):
            trail.replace_set("offers", before, [offer for offer in before if offer["company"] != company])
    connection.execute(delete(offers).where(offers.c.company == company))
    about = or_(
        idempotency.c.owner == f"company:{company}",
        idempotency.c.route.like(f"%/companies/{company}/%"),
        idempotency.c.location.like(f"%/companies/{company}"),
        idempotency.c.body.like(f"%{company}%"),
    )
    connection.execute(delete(idempotency).where(about))


def _leave_round(trail: _Trail, round_id: str, company: str, now: str, actor: Actor) -> None:
    """Take the company out of every version of a round, and add one more, so that every process reads it anew."""
    connection = trail.connection
    versions = every(connection, select(rounds).where(rounds.c.id == round_id).order_by(rounds.c.version))
    for row in versions:
        base = canonical(_without(json.loads(row["base"]), company))
        if base != row["base"]:
            where = (rounds.c.id == round_id, rounds.c.version == row["version"])
            connection.execute(update(rounds).where(*where).values(base=base))
            trail.erased.append(ledger.row_digest("rounds", row))
            trail.written.append(ledger.row_digest("rounds", {**row, "base": base}))
    last = versions[-1]
    new = {**last, "version": last["version"] + 1, "created_at": now, "created_by": actor.owner,
           "base": canonical(_without(json.loads(last["base"]), company))}  # fmt: skip
    round_rows.add_round(connection, new)
    trail.written.append(ledger.row_digest("rounds", new))


def _without(base: dict[str, Any], company: str) -> dict[str, Any]:
    """Return an academy side that does not name the company."""
    kept = {**base, "companies": [row for row in base["companies"] if row["id"] != company]}
    for name in ("distances", "apart"):
        kept[name] = [row for row in base.get(name, ()) if company not in row.values()]
    for name in ("rooms", "instructors"):
        kept[name] = [{**row, "owner": None} if row.get("owner") == company else row for row in base[name]]
    kept["offerings"] = [
        {**row, "reserved": [held for held in row.get("reserved", ()) if held["company"] != company]} for row in base["offerings"]
    ]
    return kept

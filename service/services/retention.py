"""What is not kept for ever: short-lived rows go after days, a whole round when it is erased or older than it may be.

What is erased leaves the digest of its rows in the audit log, so that the chain still tells that nothing else is gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, false, func, insert, or_, select

from service.actors import Actor, Role
from service.clock import stamp
from service.problems import Refusal, not_found
from service.services import bases
from service.services import outbox as mails
from service.services.context import Context
from service.services.rounds import must_plan
from service.store import ledger, tombstones
from service.store.database import is_server
from service.store.rows import begins, every, holds
from service.store.sqlite import scrub_file
from service.store.tables import (
    approvals,
    company_views,
    deliveries,
    demands,
    drafts,
    erasing,
    feeds,
    idempotency,
    jobs,
    kept_sums,
    links,
    members,
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

ANSWER_DAYS = 7
"""How long a retry with the same Idempotency-Key is recognised; at least a day is expected (reliability.md, 1)."""
TRACE_DAYS = 30
"""How long ended sessions, used links, revoked tokens and addresses, removed webhooks and mails stay."""


def sweep(context: Context, actor: Actor) -> dict[str, int]:
    """Drop short-lived rows that are past their time, and rounds older than the settings allow; return how many of each."""
    if actor.role not in (Role.MACHINE, Role.OPERATOR, Role.OPEN):
        raise Refusal("forbidden", "Retention is the operator's.")
    old, older = (stamp(context.clock() - dt.timedelta(days=days)) for days in (ANSWER_DAYS, TRACE_DAYS))
    ended = select(webhooks.c.id).where(webhooks.c.removed_at < older)
    gone = {
        "idempotency": delete(idempotency).where(idempotency.c.created_at < old),
        "links": delete(links).where(links.c.expires_at < older),
        "sessions": delete(sessions).where(or_(sessions.c.expires_at < older, sessions.c.ended_at < older)),
        "tokens": delete(tokens).where(or_(tokens.c.expires_at < older, tokens.c.revoked_at < older)),
        "mails": delete(outbox).where(outbox.c.created_at < older),
        "feeds": delete(feeds).where(feeds.c.revoked_at < older),
        "parts": delete(parts).where(parts.c.used_on < older[:10]),
        "deliveries": delete(deliveries).where(
            or_(deliveries.c.webhook.in_(ended), and_(deliveries.c.next_try_at.is_(None), deliveries.c.created_at < older))
        ),
        "webhooks": delete(webhooks).where(webhooks.c.removed_at < older),
    }
    with context.store.write(whole=True) as connection:
        told = list(connection.execute(select(outbox.c.id).where(outbox.c.created_at < older)).scalars())
        counts = {name: connection.execute(statement).rowcount for name, statement in gone.items()}
        ledger.write_line(connection, context.now(), actor.owner, "sweep", "", counts)
    mails.drop_files(context, told)
    limit = stamp(context.clock() - dt.timedelta(days=context.settings.retention_days))
    over = _rounds_untouched_since(context, limit)
    for round_id in over:
        erase_round(context, actor, round_id)
    return {**counts, "rounds": len(over)}


def must_erase(actor: Actor) -> None:
    """Refuse whoever may not erase a round or a company: planners and operators may."""
    if actor.role is not Role.OPERATOR:
        must_plan(actor)


def erase_round(context: Context, actor: Actor, round_id: str) -> None:
    """Erase a round with everything in it: counts, nights with their plans, offers and answers. Its id stays as a tombstone.

    Raises
    ------
    Refusal
        `state-changed`, while a plan of the round is published: withdraw it first.
    """
    must_erase(actor)
    now = context.now()
    with context.store.write(whole=actor.role is Role.OPERATOR) as connection:
        if connection.execute(select(rounds.c.id).where(rounds.c.id == round_id)).first() is None:
            raise not_found()
        if _has_future_class(connection, round_id, now[:10]):
            raise Refusal("state-changed", "A plan of this round is published and has classes to come; withdraw it first.")
        connection.execute(insert(erasing).values(number=1))
        told = list(connection.execute(select(outbox.c.id).where(about_rounds([round_id]))).scalars())
        erased = _erase_rows(connection, round_id)
        connection.execute(delete(erasing))
        connection.execute(delete(parts))  # nobody knows whose they are; a night makes those anew that it needs
        tombstones.add(connection, "round", round_id, now)
        ledger.write_line(connection, now, actor.owner, "erase-round", round_id, {"erased": erased})
    bases.forget(round_id)
    mails.drop_files(context, told)
    scrub(context)


def about_rounds(round_ids: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a mail of the outbox is about one of these rounds."""
    return or_(false(), *(begins(outbox.c.key, f"{kind}/{name}/") for name in round_ids for kind in ("night", "offers", "gone")))


def was_erased(context: Context, kind: str, name: str) -> bool:
    """Whether an object of this id was erased."""
    with context.store.read() as connection:
        return tombstones.is_erased(connection, kind, name)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _rounds_untouched_since(context: Context, limit: str) -> list[str]:
    with context.store.read(whole=True) as connection:
        latest: dict[str, str] = {}
        for table, column in ((rounds, rounds.c.id), (demands, demands.c.round), (nights, nights.c.round),
                              (publications, publications.c.round)):  # fmt: skip
            query = select(column.label("round"), func.max(table.c.created_at).label("at")).group_by(column)
            for row in every(connection, query):
                latest[row["round"]] = max(row["at"], latest.get(row["round"], ""))
        return sorted(
            name for name, at in latest.items() if at < limit and not _has_future_class(connection, name, context.now()[:10])
        )


def _has_future_class(connection: Connection, round_id: str, today: str) -> bool:
    last = select(publications).where(publications.c.round == round_id).order_by(publications.c.version.desc()).limit(1)
    current = connection.execute(last).mappings().first()
    if current is None or current["job"] is None:
        return False
    where = (offers.c.round == round_id, offers.c.version == current["version"], offers.c.start >= today)
    return connection.execute(select(offers.c.id).where(*where)).first() is not None


def _erase_rows(connection: Connection, round_id: str) -> list[str]:
    """Delete every row of the round, children first; return the digests that the audit lines of these rows hold."""
    own = set(connection.execute(select(nights.c.job).where(nights.c.round == round_id)).scalars())
    own |= set(connection.execute(select(what_ifs.c.job).where(what_ifs.c.round == round_id)).scalars())
    used = set(connection.execute(select(jobs.c.fingerprint).where(jobs.c.id.in_(own))).scalars())
    used -= set(connection.execute(select(jobs.c.fingerprint).where(jobs.c.id.not_in(own))).scalars())
    erased: list[str] = []
    made: dict[int, list[Mapping[str, Any]]] = {}
    for row in every(connection, select(offers).where(offers.c.round == round_id)):
        made.setdefault(row["version"], []).append(row)
    plans = every(connection, select(publications).where(publications.c.round == round_id, publications.c.job.is_not(None)))
    erased += [ledger.row_digest("offers", *made.get(row["version"], [])) for row in plans]
    for job in sorted(own):
        views = every(connection, select(company_views).where(company_views.c.job == job))
        erased += [ledger.row_digest("company_views", *views)] if views else []
    offer_ids = select(offers.c.id).where(offers.c.round == round_id)
    steps: tuple[tuple[Table, Any, bool], ...] = (
        (replies, replies.c.offer.in_(offer_ids), True),
        (offers, offers.c.round == round_id, False),
        (publications, publications.c.round == round_id, True),
        (approvals, approvals.c.round == round_id, True),
        (company_views, company_views.c.job.in_(own), False),
        (nights, nights.c.round == round_id, True),
        (what_ifs, what_ifs.c.round == round_id, True),
        (demands, demands.c.round == round_id, True),
        (members, members.c.round == round_id, False),
        (kept_sums, kept_sums.c.round == round_id, False),
        (rounds, rounds.c.id == round_id, True),
        (drafts, drafts.c.job.in_(own), False),
        (proposals, proposals.c.job.in_(own), True),
        (jobs, jobs.c.id.in_(own), False),
        (snapshots, snapshots.c.fingerprint.in_(used), True),
        (idempotency, holds(idempotency.c.route, f"/rounds/{round_id}/"), False),
        (outbox, about_rounds([round_id]), False),
    )
    for table, where, one_by_one in steps:
        if one_by_one:
            erased += [ledger.row_digest(table.name, row) for row in every(connection, select(table).where(where))]
        connection.execute(delete(table).where(where))
    return sorted(erased)


def scrub(context: Context) -> None:
    """Let nothing of what was erased stay in free pages or in the write-ahead log; a server does that by itself."""
    if not is_server(context.settings.database):
        scrub_file(Path(context.settings.database))

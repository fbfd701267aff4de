"""Rows of publications, offers and replies; the highest version of each is what holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from service.store.rows import Row, every, first
from service.store.tables import feeds, offers, publications, replies


def add_publication(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a publication, or a withdrawal (without a job)."""
    connection.execute(insert(publications).values(**values))


def current(connection: Connection, round_id: str) -> Row | None:
    """Return the highest version of a round's publications; a withdrawal has no job."""
    query = select(publications).where(publications.c.round == round_id).order_by(publications.c.version.desc()).limit(1)
    return first(connection, query)


def published_jobs(connection: Connection, round_id: str) -> list[str]:
    """Return the jobs whose proposals were ever published in a round."""
    query = select(publications.c.job).where(publications.c.round == round_id, publications.c.job.is_not(None))
    return list(connection.execute(query).scalars())


def add_offer(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add an offer."""
    connection.execute(insert(offers).values(**values))


def offers_of(connection: Connection, round_id: str, version: int, company: str | None = None) -> list[Row]:
    """Return the offers of a publication with their latest replies, by start and company."""
    last = select(replies.c.offer, func.max(replies.c.version).label("version")).group_by(replies.c.offer).subquery()
    columns = (offers, replies.c.answer, replies.c.conditions, replies.c.version.label("reply"), replies.c.created_at)
    query = (
        select(*columns)
        .outerjoin(last, last.c.offer == offers.c.id)
        .outerjoin(replies, and_(replies.c.offer == offers.c.id, replies.c.version == last.c.version))
        .where(offers.c.round == round_id, offers.c.version == version)
        .order_by(offers.c.start, offers.c.company, offers.c.class_id)
    )
    return every(connection, query if company is None else query.where(offers.c.company == company))


def publications_of(connection: Connection, round_id: str) -> list[Row]:
    """Return every publication and withdrawal of a round, in their order."""
    return every(connection, select(publications).where(publications.c.round == round_id).order_by(publications.c.version))


def ever_made(connection: Connection, round_id: str, company: str) -> list[Row]:
    """Return every offer that a company ever got in a round, by version, start and class."""
    where = (offers.c.round == round_id, offers.c.company == company)
    return every(connection, select(offers).where(*where).order_by(offers.c.version, offers.c.start, offers.c.class_id))


def ever_answered(connection: Connection, round_id: str, company: str) -> list[Row]:
    """Return every answer that a company ever gave in a round, in their order."""
    query = select(replies).join(offers, offers.c.id == replies.c.offer)
    where = (offers.c.round == round_id, offers.c.company == company)
    return every(connection, query.where(*where).order_by(replies.c.created_at, replies.c.version, replies.c.offer))


def get(connection: Connection, offer_id: str) -> Row | None:
    """Return an offer."""
    return first(connection, select(offers).where(offers.c.id == offer_id))


def reply(connection: Connection, offer_id: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Add a reply to an offer and return its row."""
    query = select(func.coalesce(func.max(replies.c.version), 0)).where(replies.c.offer == offer_id)
    version = int(connection.execute(query).scalar_one()) + 1
    row = {"offer": offer_id, "version": version, **values}
    connection.execute(insert(replies).values(**row))
    return row


def add_feed(connection: Connection, company: str, sha256: str, now: str) -> None:
    """Give a company a new calendar address; the ones before it end."""
    ended = update(feeds).where(feeds.c.company == company, feeds.c.revoked_at.is_(None)).values(revoked_at=now)
    connection.execute(ended)
    connection.execute(insert(feeds).values(sha256=sha256, company=company, created_at=now))


def company_of_feed(connection: Connection, sha256: str) -> str | None:
    """Return whose calendar an address is."""
    found = first(connection, select(feeds.c.company).where(feeds.c.sha256 == sha256, feeds.c.revoked_at.is_(None)))
    return None if found is None else str(found["company"])

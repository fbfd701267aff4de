"""Rows of jobs, snapshots and proposals. A claim and every later write compare the attempt: a late ghost changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.store.rows import Row, every, first
from service.store.tables import drafts, jobs, proposals, snapshots

MAX_DEATHS = 3
"""After so many attempts that ended without a word, a job is put aside: it may be what kills them."""


def keep_snapshot(connection: Connection, fingerprint: str, body: str, now: str) -> Row | None:
    """Store the frozen instance; return its row, or nothing where it is there already, whoever sent it first."""
    add_if_absent = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"fingerprint": fingerprint, "body": body, "created_at": now}
    added = connection.execute(add_if_absent(snapshots).values(**row).on_conflict_do_nothing())
    return row if added.rowcount == 1 else None


def snapshot(connection: Connection, fingerprint: str) -> str:
    """Return the body of a snapshot."""
    return str(connection.execute(select(snapshots.c.body).where(snapshots.c.fingerprint == fingerprint)).scalar_one())


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a queued job."""
    connection.execute(insert(jobs).values(state="queued", attempt=0, deaths=0, **values))


def get(connection: Connection, job_id: str) -> Row | None:
    """Return the row of a job."""
    return first(connection, select(jobs).where(jobs.c.id == job_id))


def newest(connection: Connection, owner: str | None, limit: int, after: tuple[str, str] | None = None) -> list[Row]:
    """Return the newest jobs, of one owner or of all; `after` = instant and id of the last one that is known already."""
    query = select(jobs).order_by(jobs.c.created_at.desc(), jobs.c.id).limit(limit)
    if after is not None:
        at, last = after
        query = query.where(or_(jobs.c.created_at < at, and_(jobs.c.created_at == at, jobs.c.id > last)))
    return every(connection, query if owner is None else query.where(jobs.c.owner == owner))


def count_unfinished(connection: Connection, owner: str | None = None) -> int:
    """Return how many jobs wait or run, of one owner or of all."""
    query = select(func.count()).select_from(jobs).where(jobs.c.state.in_(("queued", "running")))
    return int(connection.execute(query if owner is None else query.where(jobs.c.owner == owner)).scalar_one())


def running_by_owner(connection: Connection, now: str) -> dict[str, int]:
    """Return how many jobs of each owner are with a worker that lives."""
    query = select(jobs.c.owner, func.count().label("count")).where(
        jobs.c.state.in_(("queued", "running")), jobs.c.lease_until >= now
    )
    return {row[0]: int(row[1]) for row in connection.execute(query.group_by(jobs.c.owner))}


def waiting(connection: Connection, now: str, only: str | None = None) -> list[Row]:
    """Return the jobs that need a worker: queued and free, or running without a sign of life; the most urgent first."""
    free = and_(jobs.c.state == "queued", or_(jobs.c.lease_until.is_(None), jobs.c.lease_until < now))
    lost = and_(jobs.c.state == "running", jobs.c.lease_until < now)
    query = select(jobs).where(or_(free, lost)).order_by(jobs.c.priority.desc(), jobs.c.created_at, jobs.c.id)
    return every(connection, query if only is None else query.where(jobs.c.id == only))


def promise(connection: Connection, job_id: str, attempt: int, lease_until: str) -> bool:
    """Give the job its next attempt; false where somebody else was first."""
    statement = (
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.attempt == attempt, jobs.c.state.in_(("queued", "running")))
        .values(
            state="queued",
            attempt=attempt + 1,
            lease_until=lease_until,
            claimed_by=None,
            deaths=jobs.c.deaths + case((jobs.c.state == "running", 1), else_=0),
        )
    )
    return connection.execute(statement).rowcount == 1


def claim(connection: Connection, job_id: str, attempt: int, worker: str, now: str, lease_until: str) -> bool:
    """Start the attempt; false where it was cancelled, claimed or followed by another."""
    statement = (
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.attempt == attempt, jobs.c.state == "queued")
        .values(state="running", claimed_by=worker, started_at=now, lease_until=lease_until, phase="starting")
    )
    return connection.execute(statement).rowcount == 1


def record(connection: Connection, job_id: str, attempt: int, values: Mapping[str, Any]) -> bool:
    """Write to the job as its running attempt; false where that is no longer running."""
    statement = update(jobs).where(jobs.c.id == job_id, jobs.c.attempt == attempt, jobs.c.state == "running").values(**values)
    return connection.execute(statement).rowcount == 1


def ask_to_finish(connection: Connection, job_id: str, now: str) -> bool:
    """Remember that the job shall stop with what it has; false where that was asked before, or it has ended."""
    where = (jobs.c.id == job_id, jobs.c.state.in_(("queued", "running")), jobs.c.finish_asked_at.is_(None))
    return connection.execute(update(jobs).where(*where).values(finish_asked_at=now)).rowcount == 1


def end(connection: Connection, job_id: str, values: Mapping[str, Any]) -> bool:
    """End a job that waits or runs, whoever holds it; false where it has ended."""
    statement = update(jobs).where(jobs.c.id == job_id, jobs.c.state.in_(("queued", "running"))).values(**values)
    return connection.execute(statement).rowcount == 1


def keep_draft(connection: Connection, job_id: str, attempt: int, body: str, now: str) -> None:
    """Store the best plan so far of a running attempt in place of the one before."""
    drop_draft(connection, job_id)
    connection.execute(insert(drafts).values(job=job_id, attempt=attempt, body=body, created_at=now))


def drop_draft(connection: Connection, job_id: str) -> None:
    """Forget the best plan so far: the job has ended, or begins anew."""
    connection.execute(delete(drafts).where(drafts.c.job == job_id))


def draft_of(connection: Connection, job_id: str) -> str | None:
    """Return the best plan so far of a running job."""
    found = connection.execute(select(drafts.c.body).where(drafts.c.job == job_id)).first()
    return None if found is None else str(found.body)


def keep_proposal(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store the proposal of a job."""
    connection.execute(insert(proposals).values(**values))


def proposal_of(connection: Connection, job_id: str) -> Row | None:
    """Return the proposal of a job."""
    return first(connection, select(proposals).where(proposals.c.job == job_id))

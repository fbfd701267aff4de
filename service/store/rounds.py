"""Rows of rounds, counts and nights; each version is a new row, and reading takes the highest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, func, insert, select, true, update

from service.store.rows import Row, every, first
from service.store.tables import company_views, demands, jobs, members, nights, proposals, rounds

WITH_PLAN = ("optimal", "feasible", "empty")
"""How a solve ends that has a plan."""


def add_round(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a version of a round; its companies are those that take part from now on."""
    connection.execute(insert(rounds).values(**values))
    take_part(connection, values["id"], (company["id"] for company in json.loads(values["base"])["companies"]))


_HEAD = tuple(column for column in rounds.c if column.name != "base")
MOST_VERSIONS = 50
"""So many versions of a round are looked at for a course that was withdrawn."""


def _latest_rounds(columns: Sequence[Any]) -> Select[Any]:
    last = select(rounds.c.id, func.max(rounds.c.version).label("version")).group_by(rounds.c.id).subquery()
    joined = select(*columns).join(last, and_(rounds.c.id == last.c.id, rounds.c.version == last.c.version))
    return joined.order_by(rounds.c.id)


def _latest_round(columns: Sequence[Any]) -> Select[Any]:
    return select(*columns).where(rounds.c.id == bindparam("round")).order_by(rounds.c.version.desc()).limit(1)


_LATEST_ROUND, _LATEST_HEAD = _latest_round(tuple(rounds.c)), _latest_round(_HEAD)
"""Made once: building a query costs as much as asking it."""


def get_round(connection: Connection, round_id: str) -> Row | None:
    """Return the latest version of a round."""
    return first(connection, _LATEST_ROUND, {"round": round_id})


def head_of(connection: Connection, round_id: str) -> Row | None:
    """Return the latest version of a round without its base, which may be large."""
    return first(connection, _LATEST_HEAD, {"round": round_id})


def all_heads(connection: Connection, company: str | None = None) -> list[Row]:
    """Return the latest version of every round, or of those in which a company takes part, by id; without their bases."""
    if company is None:
        return every(connection, _latest_rounds(_HEAD))
    own = select(members.c.round).where(members.c.company == company)
    return every(connection, _latest_rounds(_HEAD).where(rounds.c.id.in_(own)))


def was_taught(connection: Connection, round_id: str, version: int, course: str) -> bool:
    """Whether a version of the round before this one had the course."""
    where = (rounds.c.id == round_id, rounds.c.version < version)
    bases = connection.execute(
        select(rounds.c.base).where(*where).order_by(rounds.c.version.desc()).limit(MOST_VERSIONS)
    ).scalars()
    return any(entry["id"] == course for base in bases for entry in json.loads(base)["courses"])


def take_part(connection: Connection, round_id: str, companies: Iterable[str]) -> None:
    """Let exactly these companies take part in a round; what is known of those that stay is kept."""
    wanted = set(companies)
    known = set(connection.execute(select(members.c.company).where(members.c.round == round_id)).scalars())
    gone = sorted(known - wanted)
    for cut in range(0, len(gone), 500):
        part = gone[cut : cut + 500]
        connection.execute(delete(members).where(members.c.round == round_id, members.c.company.in_(part)))
    if new := sorted(wanted - known):
        connection.execute(insert(members), [{"round": round_id, "company": company} for company in new])


def register(connection: Connection, round_id: str, company: str, values: Mapping[str, Any]) -> None:
    """Keep what only the academy knows of a company that takes part."""
    connection.execute(update(members).where(members.c.round == round_id, members.c.company == company).values(**values))


def members_of(connection: Connection, round_id: str) -> list[Row]:
    """Return who takes part in a round, by company."""
    return every(connection, select(members).where(members.c.round == round_id).order_by(members.c.company))


def add_counts(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a version of one company's counts."""
    connection.execute(_NEW_COUNTS, dict(values))


_NEW_COUNTS = insert(demands)


def _latest_counts(round_id: str) -> Select[Any]:
    last = (
        select(demands.c.company, func.max(demands.c.version).label("version"))
        .where(demands.c.round == round_id)
        .group_by(demands.c.company)
        .subquery()
    )
    on = and_(demands.c.company == last.c.company, demands.c.version == last.c.version)
    return select(demands).join(last, on).where(demands.c.round == round_id).order_by(demands.c.company)


_LATEST_COUNTS = (
    select(demands)
    .where(demands.c.round == bindparam("round"), demands.c.company == bindparam("company"))
    .order_by(demands.c.version.desc())
    .limit(1)
)


_head, _counts = _LATEST_HEAD.subquery(), _LATEST_COUNTS.subquery()
_HEAD_AND_COUNTS = select(
    *_head.c, *(_counts.c[name].label(f"counts_{name}") for name in ("version", "lines", "closed", "created_at"))
).select_from(_head.outerjoin(_counts, true()))


def head_and_counts(connection: Connection, round_id: str, company: str) -> tuple[Row | None, Row | None]:
    """Return the head of a round and the latest counts of one company, in one look."""
    found = connection.execute(_HEAD_AND_COUNTS, {"round": round_id, "company": company}).first()
    if found is None:
        return None, None
    head = {column.name: value for column, value in zip(_HEAD, found, strict=False)}
    version, lines, closed, created_at = found[len(_HEAD) :]
    return head, None if version is None else {"version": version, "lines": lines, "closed": closed, "created_at": created_at}


def get_counts(connection: Connection, round_id: str, company: str) -> Row | None:
    """Return the latest counts of one company."""
    return first(connection, _LATEST_COUNTS, {"round": round_id, "company": company})


def all_counts(connection: Connection, round_id: str) -> list[Row]:
    """Return the latest counts of every company of the round, by company."""
    return every(connection, _latest_counts(round_id))


def add_night(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a night."""
    connection.execute(insert(nights).values(**values))


def _nights_with_jobs(round_id: str) -> Select[Any]:
    columns = (nights.c.round, nights.c.date, nights.c["try"], nights.c.round_version, *(c for c in jobs.c), proposals.c.body)
    return (
        select(*columns)
        .join(jobs, jobs.c.id == nights.c.job)
        .outerjoin(proposals, proposals.c.job == nights.c.job)
        .where(nights.c.round == round_id)
        .order_by(nights.c.date.desc(), nights.c["try"].desc())
    )


def nights_of(connection: Connection, round_id: str) -> list[Row]:
    """Return the nights of a round with the rows of their jobs, the latest first."""
    return every(connection, _nights_with_jobs(round_id))


def get_night(connection: Connection, round_id: str, date: str) -> Row | None:
    """Return the last try of one night with the row of its job."""
    return first(connection, _nights_with_jobs(round_id).where(nights.c.date == date).limit(1))


def has_night(connection: Connection, round_id: str, date: str) -> bool:
    """Whether a night was proposed for this date."""
    return connection.execute(_ONE_NIGHT, {"round": round_id, "date": date}).first() is not None


_ONE_NIGHT = select(nights.c["try"]).where(nights.c.round == bindparam("round"), nights.c.date == bindparam("date")).limit(1)


def night_of_job(connection: Connection, job_id: str) -> Row | None:
    """Return the night that a job solves, with the name of its round."""
    query = (
        select(nights, rounds.c.name, jobs.c.fingerprint)
        .join(rounds, and_(rounds.c.id == nights.c.round, rounds.c.version == nights.c.round_version))
        .join(jobs, jobs.c.id == nights.c.job)
    )
    return first(connection, query.where(nights.c.job == job_id))


def good_night_before(connection: Connection, round_id: str, date: str) -> Row | None:
    """Return the latest night before a date whose proposal holds a plan."""
    plan = and_(_HOLDS_PLAN, nights.c.date < date)
    return first(connection, _nights_with_jobs(round_id).where(plan).limit(1))


def last_good_night(connection: Connection, round_id: str) -> Row | None:
    """Return the latest night whose proposal holds a plan."""
    return first(connection, _nights_with_jobs(round_id).where(_HOLDS_PLAN).limit(1))


_HOLDS_PLAN = and_(jobs.c.state == "done", jobs.c.solve_status.in_(WITH_PLAN), proposals.c.body.is_not(None))
"""The plan of a night can be erased with a company; its job stays."""


def keep_view(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store what one company may see of a night's proposal."""
    connection.execute(insert(company_views).values(**values))


def view_of(
    connection: Connection, round_id: str, company: str, date: str | None = None, jobs: Sequence[str] | None = None
) -> Row | None:
    """Return what a company may see of the last try of a night, or of the last night with a plan where no date is given.

    `jobs`: only of nights that these have solved.
    """
    where = [company_views.c.round == round_id, company_views.c.company == company]
    where += [company_views.c.status.in_(WITH_PLAN)] if date is None else [company_views.c.date == date]
    where += [] if jobs is None else [company_views.c.job.in_(jobs)]
    order = (company_views.c.date.desc(), company_views.c["try"].desc())
    return first(connection, select(company_views).where(*where).order_by(*order).limit(1))

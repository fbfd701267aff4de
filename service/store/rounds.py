"""Rows of rounds, counts and nights; each version is a new row, and reading takes the highest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select

from service.store.rows import Row, every, first
from service.store.tables import company_views, demands, jobs, nights, proposals, rounds

WITH_PLAN = ("optimal", "feasible", "empty")
"""How a solve ends that has a plan."""


def add_round(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a version of a round."""
    connection.execute(insert(rounds).values(**values))


def _latest_rounds() -> Select[Any]:
    last = select(rounds.c.id, func.max(rounds.c.version).label("version")).group_by(rounds.c.id).subquery()
    return select(rounds).join(last, and_(rounds.c.id == last.c.id, rounds.c.version == last.c.version)).order_by(rounds.c.id)


def get_round(connection: Connection, round_id: str) -> Row | None:
    """Return the latest version of a round."""
    return first(connection, _latest_rounds().where(rounds.c.id == round_id))


def all_rounds(connection: Connection) -> list[Row]:
    """Return the latest version of every round, by id."""
    return every(connection, _latest_rounds())


def add_counts(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a version of one company's counts."""
    connection.execute(insert(demands).values(**values))


def _latest_counts(round_id: str) -> Select[Any]:
    last = (
        select(demands.c.company, func.max(demands.c.version).label("version"))
        .where(demands.c.round == round_id)
        .group_by(demands.c.company)
        .subquery()
    )
    on = and_(demands.c.company == last.c.company, demands.c.version == last.c.version)
    return select(demands).join(last, on).where(demands.c.round == round_id).order_by(demands.c.company)


def get_counts(connection: Connection, round_id: str, company: str) -> Row | None:
    """Return the latest counts of one company."""
    return first(connection, _latest_counts(round_id).where(demands.c.company == company))


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
    plan = and_(jobs.c.state == "done", jobs.c.solve_status.in_(WITH_PLAN), nights.c.date < date)
    return first(connection, _nights_with_jobs(round_id).where(plan).limit(1))


def last_good_night(connection: Connection, round_id: str) -> Row | None:
    """Return the latest night whose proposal holds a plan."""
    plan = and_(jobs.c.state == "done", jobs.c.solve_status.in_(WITH_PLAN))
    return first(connection, _nights_with_jobs(round_id).where(plan).limit(1))


def keep_view(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store what one company may see of a night's proposal."""
    connection.execute(insert(company_views).values(**values))


def view_of(connection: Connection, round_id: str, company: str, date: str | None = None) -> Row | None:
    """Return what a company may see of the last try of a night, or of the last night with a plan where no date is given."""
    where = [company_views.c.round == round_id, company_views.c.company == company]
    where += [company_views.c.status.in_(WITH_PLAN)] if date is None else [company_views.c.date == date]
    order = (company_views.c.date.desc(), company_views.c["try"].desc())
    return first(connection, select(company_views).where(*where).order_by(*order).limit(1))

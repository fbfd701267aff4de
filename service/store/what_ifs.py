"""Rows of what-ifs: which change of which night a job solves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from service.store.rows import Row, every, first
from service.store.tables import what_ifs


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a what-if."""
    connection.execute(insert(what_ifs).values(**values))


def get(connection: Connection, job_id: str) -> Row | None:
    """Return the what-if that a job solves."""
    return first(connection, select(what_ifs).where(what_ifs.c.job == job_id))


def of_night(connection: Connection, round_id: str, date: str) -> list[Row]:
    """Return the what-ifs of a night, the latest first."""
    wanted = (what_ifs.c.round == round_id, what_ifs.c.date == date)
    return every(connection, select(what_ifs).where(*wanted).order_by(what_ifs.c.created_at.desc(), what_ifs.c.job))

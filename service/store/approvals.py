"""Rows of first approvals: who has said that a proposal may be published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from service.store.rows import Row, every
from service.store.tables import approvals


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add an approval."""
    connection.execute(insert(approvals).values(**values))


def of_plan(connection: Connection, round_id: str, job_id: str) -> list[Row]:
    """Return the approvals of a proposal, the earliest first."""
    wanted = (approvals.c.round == round_id, approvals.c.job == job_id)
    return every(connection, select(approvals).where(*wanted).order_by(approvals.c.created_at, approvals.c.created_by))

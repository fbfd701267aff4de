"""Rows of what was erased, and of what stays of it: ids, and sums over enough others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from service.store.rows import Row, every
from service.store.tables import kept_sums, tombstones


def add(connection: Connection, kind: str, name: str, now: str) -> None:
    """Remember that an object was erased."""
    connection.execute(insert(tombstones).values(kind=kind, id=name, erased_at=now))


def is_erased(connection: Connection, kind: str, name: str) -> bool:
    """Whether an object of this id was erased."""
    where = (tombstones.c.kind == kind, tombstones.c.id == name)
    return connection.execute(select(tombstones.c.id).where(*where)).first() is not None


def erased(connection: Connection, kind: str) -> set[str]:
    """Return the ids of everything of a kind that was erased."""
    return set(connection.execute(select(tombstones.c.id).where(tombstones.c.kind == kind)).scalars())


def keep_sums(connection: Connection, round_id: str, date: str, sums: Iterable[Mapping[str, Any]]) -> None:
    """Keep the sums of a night in place of those kept before."""
    connection.execute(delete(kept_sums).where(kept_sums.c.round == round_id, kept_sums.c.date == date))
    if found := [{"round": round_id, "date": date, **values} for values in sums]:
        connection.execute(insert(kept_sums), found)


def sums_of(connection: Connection, round_id: str) -> list[Row]:
    """Return the sums that were kept of a round, by date and course."""
    return every(
        connection, select(kept_sums).where(kept_sums.c.round == round_id).order_by(kept_sums.c.date, kept_sums.c.course)
    )

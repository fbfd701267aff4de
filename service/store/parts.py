"""Rows of finished parts of solves, by the hash of their input: a store that may forget."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from service.store.rows import Row, first
from service.store.tables import parts


def get(connection: Connection, key: str) -> Row | None:
    """Return the row of a part."""
    return first(connection, select(parts).where(parts.c.key == key))


def add(connection: Connection, values: dict[str, Any]) -> None:
    """Add a part that is not there."""
    connection.execute(insert(parts).values(**values))


def touch(connection: Connection, key: str, day: str) -> None:
    """Remember that a part was of use on a day."""
    connection.execute(update(parts).where(parts.c.key == key).values(used_on=day))


def forget_beyond(connection: Connection, most: int) -> int:
    """Drop the parts that were of use longest ago until those left have at most so many bytes; return how many went."""
    total = int(connection.execute(select(func.coalesce(func.sum(parts.c.size), 0))).scalar_one())
    gone: list[str] = []
    if total > most:
        for row in connection.execute(
            select(parts.c.key, parts.c.size).order_by(parts.c.used_on, parts.c.created_at, parts.c.key)
        ):
            if total <= most:
                break
            gone.append(row.key)
            total -= row.size
    for key in gone:
        connection.execute(delete(parts).where(parts.c.key == key))
    return len(gone)

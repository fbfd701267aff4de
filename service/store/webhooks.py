"""Rows of webhooks and of the messages that wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from service.store.rows import Row, every
from service.store.scope import everything
from service.store.tables import deliveries, webhooks


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a webhook."""
    connection.execute(insert(webhooks).values(**values))


def of_owner(connection: Connection, owner: str) -> list[Row]:
    """Return the webhooks of an owner that were not removed, the oldest first."""
    where = (webhooks.c.owner == owner, webhooks.c.removed_at.is_(None))
    with everything(connection):
        return every(connection, select(webhooks).where(*where).order_by(webhooks.c.created_at, webhooks.c.id))


def remove(connection: Connection, owner: str, name: str, now: str) -> bool:
    """Remove a webhook of the owner and forget its secret; false where there is none."""
    where = (webhooks.c.owner == owner, webhooks.c.id == name, webhooks.c.removed_at.is_(None))
    return connection.execute(update(webhooks).where(*where).values(removed_at=now, secret="", address="")).rowcount == 1


def post(connection: Connection, values: Mapping[str, Any]) -> None:
    """Put a message into the outbox."""
    with everything(connection):
        connection.execute(insert(deliveries).values(tries=0, **values))


def due(connection: Connection, now: str, limit: int) -> list[Row]:
    """Return the messages whose time has come, with address and secret of their webhook, the oldest first."""
    query = (
        select(deliveries, webhooks.c.address, webhooks.c.secret)
        .join(webhooks, webhooks.c.id == deliveries.c.webhook)
        .where(deliveries.c.next_try_at <= now, webhooks.c.removed_at.is_(None))
    )
    return every(connection, query.order_by(deliveries.c.next_try_at, deliveries.c.id).limit(limit))


def mark(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    """Count a try of a message, with what came of it."""
    connection.execute(update(deliveries).where(deliveries.c.id == name).values(tries=deliveries.c.tries + 1, **values))

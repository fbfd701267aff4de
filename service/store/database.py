"""The database, by its address: a path is a SQLite file, `postgresql://...` a PostgreSQL server."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from service.store.migrations import head
from service.store.postgres import (
    SCHEMES,
    PostgresStore,
    initialise_server,
    revision_of_server,
    weakness_of_role,
    without_secret,
)
from service.store.sqlite import SqliteStore, initialise_file, revision_of_file

Address = Path | str
"""Where the database is: a path, or the address of a PostgreSQL server."""

__all__ = ["Address", "SqliteStore", "Store", "fault_of", "initialise", "is_server", "open_store", "shown"]


class Store(Protocol):
    """What the services need of a database: transactions. The verbs live beside their tables."""

    def read(self, *, whole: bool = False) -> AbstractContextManager[Connection]:
        """Return a transaction that only reads; `whole` = for the service itself, not for whoever asks."""
        ...

    def write(self, *, whole: bool = False) -> AbstractContextManager[Connection]:
        """Return a transaction that commits when the block ends well and leaves nothing otherwise."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


def is_server(address: Address) -> bool:
    """Return whether the address is that of a PostgreSQL server."""
    return isinstance(address, str) and address.startswith(SCHEMES)


def open_store(address: Address) -> Store:
    """Return the store at an address; its tables must have been made by `initialise`."""
    return PostgresStore(str(address)) if is_server(address) else SqliteStore(Path(address))


def initialise(address: Address) -> bool:
    """Make the tables, or bring them up to date; return whether anything had to be done."""
    return initialise_server(str(address)) if is_server(address) else initialise_file(Path(address))


def shown(address: Address) -> str:
    """Return the address as it may stand in a message."""
    return without_secret(str(address)) if is_server(address) else str(address)


def fault_of(address: Address) -> str:
    """Return why the service must not start on this database; empty where it may."""
    found = revision_of_server(str(address)) if is_server(address) else revision_of_file(Path(address))
    if found != head():
        state = "there is no database yet" if not found else f"the tables have revision {found}, this program {head()}"
        return f"{state}; run cohort-opt-service init-db"
    return weakness_of_role(str(address)) if is_server(address) else ""

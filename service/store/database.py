"""The database: a read engine, a write engine, and the triggers that keep versions as they are.

SQLite runs in write-ahead mode with a full sync before a commit returns. Writers begin IMMEDIATE, so that a transaction
that will write queues at its start and never fails half way; readers begin plainly, so that a forgotten one blocks nobody.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import DDL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from service.problems import Refusal
from service.store.tables import IMMUTABLE, metadata

BUSY_SECONDS = 1.5
"""How long a writer waits for another before the answer is 503 (reliability.md, G7: an answer within two seconds)."""

SCHEMA_VERSION = 3
"""Kept in `PRAGMA user_version`; a file of another version is refused until it is migrated."""


class Store(Protocol):
    """What the services need of a database: transactions. The verbs live beside their tables."""

    def read(self) -> AbstractContextManager[Connection]:
        """Return a transaction that only reads."""
        ...

    def write(self) -> AbstractContextManager[Connection]:
        """Return a transaction that commits when the block ends well and leaves nothing otherwise."""
        ...


class SqliteStore:
    """A store in one SQLite file.

    Raises
    ------
    Refusal
        `busy`, from `read` and `write`, when the file is locked, full or gone.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; it must have been made by `initialise`."""
        self.path = path
        self._reader = _engine(path, "BEGIN")
        self._writer = _engine(path, "BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Return a transaction that only reads."""
        with _refusing_when_busy(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Return a transaction that commits when the block ends well and leaves nothing otherwise."""
        with _refusing_when_busy(), self._writer.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._writer.dispose()


def initialise(path: Path) -> bool:
    """Make the file, readable by its owner only, and its tables; return whether anything had to be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600)):
        pass
    engine = _engine(path, "BEGIN IMMEDIATE")
    try:
        with engine.connect() as connection, connection.begin():
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            if version == SCHEMA_VERSION:
                return False
            metadata.create_all(connection)
            for ddl in _triggers():
                connection.execute(ddl)
            connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))
            return True
    finally:
        engine.dispose()


def schema_version(path: Path) -> int:
    """Return the version of the tables in the file; 0 where there is no database yet."""
    if not path.exists():
        return 0
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def _engine(path: Path, begin: str) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _triggers() -> Iterator[DDL]:
    for table in IMMUTABLE:
        for verb in ("UPDATE", "DELETE"):
            yield DDL(  # type: ignore[no-untyped-call]
                f"CREATE TRIGGER {table.name}_refuse_{verb.lower()} BEFORE {verb} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, '{table.name} is immutable'); END"
            )


@contextmanager
def _refusing_when_busy() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise _busy() from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.OperationalError):
            raise _busy() from error
        raise


def _busy() -> Refusal:
    return Refusal("busy", "The database is busy or full; try again shortly.", headers={"Retry-After": "5"})

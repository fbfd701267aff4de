"""A store in one SQLite file: a read engine, a write engine, full sync.

SQLite runs in write-ahead mode with a full sync before a commit returns. Writers begin IMMEDIATE, so that a transaction
that will write queues at its start and never fails half way; readers begin plainly, so that a forgotten one blocks nobody.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError, ResourceClosedError

from service.problems import Refusal
from service.store.group_commit import GroupCommit, LostError, NoTurnError
from service.store.migrations import upgrade

BUSY_SECONDS = 1.5
"""How long a writer waits for another before the answer is 503 (reliability.md, G7: an answer within two seconds)."""
KEPT_CONNECTIONS = 32
"""Connections that stay open; opening one costs more than a request."""


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
        self._changes = GroupCommit(self._writer, BUSY_SECONDS)

    @contextmanager
    def read(self, *, whole: bool = False) -> Iterator[Connection]:
        """Return a transaction that only reads; one file has one wall, so that `whole` changes nothing."""
        with _refusing_when_busy(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, whole: bool = False) -> Iterator[Connection]:
        """Return a transaction that is on disk when the block has ended well, and leaves nothing otherwise.

        Writers of this process take turns and share commits: SQLite's own waiting sleeps while the file is free.
        """
        with _refusing_when_busy(), self._changes.change() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._writer.dispose()


def initialise_file(path: Path) -> bool:
    """Make the file, readable by its owner only, and bring its tables up to date; return whether anything had to be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600)):
        pass
    engine = _engine(path, "BEGIN IMMEDIATE")
    try:
        with engine.connect() as connection, connection.begin():
            return upgrade(connection)
    finally:
        engine.dispose()


def copy_file(source: Path, target: Path) -> None:
    """Copy a database to a new file, readable by its owner only, while others use it; the copy is one moment of it, on disk."""
    target.unlink(missing_ok=True)
    with open(os.open(target, os.O_CREAT | os.O_RDWR, 0o600)):
        pass
    reader, writer = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(target)
    try:
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode=DELETE")
    finally:
        reader.close()
        writer.close()
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def scrub_file(path: Path) -> None:
    """Write the file anew and empty its log, so that nothing of what was deleted stays in free pages."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        raise busy() from error
    finally:
        connection.close()


def revision_of_file(path: Path) -> str:
    """Return the revision of the tables in the file; empty where there is no database yet."""
    if not path.exists():
        return ""
    connection = sqlite3.connect(path)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return ""
    finally:
        connection.close()
    return str(row[0]) if row else ""


def _engine(path: Path, begin: str) -> Engine:
    settings = {"timeout": BUSY_SECONDS, "isolation_level": None}
    engine = create_engine(
        f"sqlite:///{path}", connect_args=settings, pool_size=KEPT_CONNECTIONS, pool_reset_on_return=None
    )  # every transaction of ours ends in its own block

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.connection.cursor().execute(begin)

    return engine


@contextmanager
def _refusing_when_busy() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError, NoTurnError, LostError, ResourceClosedError) as error:
        raise busy() from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.OperationalError):
            raise busy() from error
        raise


def busy() -> Refusal:
    """Return the refusal of a database that cannot answer now."""
    return Refusal("busy", "The database is busy or full; try again shortly.", headers={"Retry-After": "5"})

"""A store in PostgreSQL, by its address alone: the same tables, and row-level security as a second wall.

Writers queue by a lock of the transaction, as those of SQLite do, so that versions and the audit chain have no gaps; readers
see one snapshot. Every transaction tells the database whom it works for (`scope.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from service.problems import not_found
from service.store import scope
from service.store.migrations import upgrade
from service.store.sqlite import busy

SCHEMES = ("postgresql://", "postgres://")
INSUFFICIENT_PRIVILEGE = "42501"
WRITERS = 0x436F_686F
"""Key of the lock by which writers queue; any number that is always the same."""
SETTINGS = "-c synchronous_commit=on -c lock_timeout=1500 -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
"""A commit returns when it is on disk; nobody waits longer than an answer may take (reliability.md, G7)."""


class PostgresStore:
    """A store in PostgreSQL.

    Raises
    ------
    Refusal
        `busy`, from `read` and `write`, when the server is away, full, or a writer waits too long; `not-found` where a
        statement reaches for rows of somebody else.
    """

    def __init__(self, address: str) -> None:
        """Prepare; connections are opened when they are needed."""
        self._engine = _engine(address)
        self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def read(self, *, whole: bool = False) -> Iterator[Connection]:
        """Return a transaction that only reads, one snapshot of it; `whole` sees every company's rows."""
        with _refusing_when_away(), self._reader.connect() as connection, connection.begin():
            scope.apply(connection, scope.WHOLE if whole else scope.bound())
            yield connection

    @contextmanager
    def write(self, *, whole: bool = False) -> Iterator[Connection]:
        """Return a transaction that commits when the block ends well and leaves nothing otherwise."""
        with _refusing_when_away(), self._engine.connect() as connection, connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            scope.apply(connection, scope.WHOLE if whole else scope.bound())
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def initialise_server(address: str) -> bool:
    """Bring the tables up to date; return whether anything had to be done."""
    engine = _engine(address)
    try:
        with _refusing_when_away(), engine.connect() as connection, connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
            return upgrade(connection)
    finally:
        engine.dispose()


def revision_of_server(address: str) -> str:
    """Return the revision of the tables; empty where there are none yet."""
    engine = _engine(address)
    try:
        with _refusing_when_away(), engine.connect() as connection:
            if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
                return ""
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    finally:
        engine.dispose()


def weakness_of_role(address: str) -> str:
    """Return why the second wall would not stand for the role of this address; empty where it does."""
    engine = _engine(address)
    try:
        with _refusing_when_away(), engine.connect() as connection:
            row = connection.execute(
                text("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            ).one()
    finally:
        engine.dispose()
    if row.rolsuper or row.rolbypassrls:
        return f"the role {row.rolname} goes past row-level security; use one without SUPERUSER and BYPASSRLS"
    return ""


def without_secret(address: str) -> str:
    """Return the address without user and password, for messages."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _engine(address: str) -> Engine:
    url = "postgresql+psycopg://" + address.partition("://")[2]
    return create_engine(url, pool_size=8, max_overflow=8, pool_timeout=1.5, pool_pre_ping=True,
                         connect_args={"options": SETTINGS, "connect_timeout": 2})  # fmt: skip


@contextmanager
def _refusing_when_away() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, TimeoutError) as error:
        raise busy() from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != INSUFFICIENT_PRIVILEGE:
            raise
        logging.getLogger(__name__).error("the second wall held where the first did not: %s", str(error.orig).splitlines()[0])
        raise not_found() from error

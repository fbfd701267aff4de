"""How the tables came to be: Alembic revisions, run in the transaction of the caller."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent))


def head() -> str:
    """Return the newest revision that this program knows."""
    return str(_scripts().get_current_head())


def upgrade(connection: Connection, to: str = "head") -> bool:
    """Bring the tables to a revision; return whether anything had to be done. Nothing is half done: it is one transaction."""
    migration = MigrationContext.configure(connection)
    current = migration.get_current_revision()
    if current is None and inspect(connection).has_table("rounds"):
        # Made by a version before there were revisions: the same tables as the first one.
        migration.stamp(_scripts(), "v0001")
        current = "v0001"
    steps = [step for step in _scripts().iterate_revisions(to, current or "base") if step.revision != current]
    with Operations.context(migration):
        for step in reversed(steps):
            step.module.upgrade()
            migration.stamp(_scripts(), step.revision)
    return bool(steps)

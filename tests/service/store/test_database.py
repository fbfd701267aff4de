"""The database refuses wrong types, changed history and half transactions."""

import sqlite3

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from service.problems import Refusal
from service.store.database import SqliteStore, fault_of, initialise
from service.store.tables import IMMUTABLE, metadata, rounds

ROUND = {"id": "spring", "version": 1, "name": "Spring", "base": "{}", "created_at": "2026", "created_by": "open"}


def test_making_it_twice_changes_nothing(settings):
    assert initialise(settings.database) is True
    assert initialise(settings.database) is False
    assert fault_of(settings.database) == ""


def test_the_file_is_for_its_owner_only(settings):
    initialise(settings.database)
    assert settings.database.stat().st_mode & 0o077 == 0


def test_it_syncs_fully_and_writes_ahead(context):
    with context.store.write() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_is_strict(context, table):
    with context.store.read() as connection:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table.name}).scalar_one()
    assert made.rstrip().endswith("STRICT")


def test_text_in_a_number_is_refused(context):
    with pytest.raises(IntegrityError), context.store.write() as connection:
        connection.execute(text("INSERT INTO rounds (id, version, name, base, created_at, created_by) "
                                "VALUES ('a', 'one', 'A', '{}', '2026', 'open')"))  # fmt: skip


@pytest.mark.parametrize("change", [update(rounds).values(name="x"), delete(rounds)], ids=["update", "delete"])
def test_a_stored_version_cannot_be_changed(context, change):
    with context.store.write() as connection:
        connection.execute(insert(rounds).values(ROUND))
    with pytest.raises(IntegrityError, match="immutable"), context.store.write() as connection:
        connection.execute(change)


def test_every_immutable_table_has_both_triggers(context):
    with context.store.read() as connection:
        names = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    assert names == {f"{table.name}_refuse_{verb}" for table in IMMUTABLE for verb in ("update", "delete")}


def test_a_transaction_that_fails_leaves_nothing(context):
    def half():
        with context.store.write() as connection:
            connection.execute(insert(rounds).values(ROUND))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with context.store.read() as connection:
        assert connection.execute(select(rounds)).first() is None


def test_a_forgotten_reader_blocks_no_writer(context):
    with context.store.read() as reader:
        reader.execute(select(rounds)).first()
        with context.store.write() as connection:
            connection.execute(insert(rounds).values(ROUND))


def test_a_locked_database_is_busy_and_says_when_to_come_back(settings, monkeypatch):
    monkeypatch.setattr("service.store.sqlite.BUSY_SECONDS", 0.05)
    initialise(settings.database)
    store = SqliteStore(settings.database)
    other = sqlite3.connect(settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Refusal) as refused, store.write():
            pass
    finally:
        other.close()
        store.close()
    assert (refused.value.code, refused.value.status) == ("busy", 503)
    assert "Retry-After" in refused.value.headers

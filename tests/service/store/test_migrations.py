"""The tables come to be by revisions, and end where `tables.py` says; data of an older version is kept."""

import re
import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from service.store.database import fault_of, initialise
from service.store.migrations import head, upgrade
from service.store.sqlite import revision_of_file
from service.store.tables import metadata


@pytest.fixture
def empty():
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def tables_of(connection):
    """Return each table's columns, strictness and checks, as SQLite knows them."""
    found = {}
    for name, strict in connection.execute(text("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")).all():
        if name.startswith("sqlite_") or name == "alembic_version":
            continue
        columns = {
            (row.name, row.type, row.notnull, row.dflt_value, row.pk)
            for row in connection.execute(text(f"PRAGMA table_xinfo({name})"))
        }
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar_one()
        checks = set(re.findall(r"CONSTRAINT (ck_\w+) CHECK \((.*)\)", made))
        found[name] = (columns, bool(strict), checks)
    return found


def test_the_revisions_from_empty_lead_to_the_tables(empty):
    assert upgrade(empty) is True
    assert compare_metadata(MigrationContext.configure(empty), metadata) == []


def test_columns_strictness_and_checks_are_those_of_the_tables(empty):
    upgrade(empty)
    other = create_engine("sqlite://")
    with other.connect() as connection:
        metadata.create_all(connection)
        assert tables_of(empty) == tables_of(connection)
    other.dispose()


def test_a_second_upgrade_has_nothing_to_do(empty):
    upgrade(empty)
    assert upgrade(empty) is False


def test_a_file_made_before_there_were_revisions_keeps_its_rows(settings):
    engine = create_engine(f"sqlite:///{settings.database}")
    with engine.begin() as connection:
        upgrade(connection, "v0001")
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("INSERT INTO rounds (id, version, name, base, created_at, created_by) "
                                "VALUES ('spring', 1, 'Spring', '{}', '2026', 'open')"))  # fmt: skip
    engine.dispose()
    assert "run cohort-opt-service init-db" in fault_of(settings.database)
    assert initialise(settings.database) is True
    assert fault_of(settings.database) == ""
    connection = sqlite3.connect(settings.database)
    assert connection.execute("SELECT id, name FROM rounds").fetchall() == [("spring", "Spring")]
    connection.close()


def test_an_upgrade_that_breaks_half_way_leaves_the_old_tables(settings, monkeypatch):
    engine = create_engine(f"sqlite:///{settings.database}")
    with engine.begin() as connection:
        upgrade(connection, "v0001")
    engine.dispose()
    from service.store import migrations

    step = next(step for step in migrations._scripts().iterate_revisions("head", "v0001") if step.revision == "v0002")
    monkeypatch.setattr(step.module, "_put_triggers", lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        initialise(settings.database)
    assert revision_of_file(settings.database) == "v0001"
    connection = sqlite3.connect(settings.database)
    assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'webhooks'").fetchall() == []
    connection.close()


def test_a_file_of_a_newer_program_is_refused(settings):
    initialise(settings.database)
    connection = sqlite3.connect(settings.database)
    connection.execute("UPDATE alembic_version SET version_num = 'v9999'")
    connection.commit()
    connection.close()
    assert f"the tables have revision v9999, this program {head()}" in fault_of(settings.database)

"""A copy is made while others write, holds one moment, and is put back only when it is whole."""

import sqlite3
import threading

import pytest

from service.problems import Refusal
from service.schemas import CompanyCounts
from service.services import backups, health, rounds
from service.services.context import Context
from service.store.sqlite import SqliteStore
from tests.service.services.test_health import behind_its_back, full  # noqa: F401  a fixture
from tests.service.services.test_offers import ACME


def back_up(context, target):
    backups.back_up(context.settings.database, target, context.settings, context.clock)


def restore(context, source, **options):
    return backups.restore(source, context.settings.database, context.settings, context.clock, **options)


def test_a_copy_made_while_others_write_is_whole_and_misses_nothing_acknowledged_before(full, counts, tmp_path):  # noqa: F811
    stop, sent = threading.Event(), []

    def write():
        while not stop.is_set():
            request = CompanyCounts.model_validate(counts("acme", count=1 + len(sent) % 9))
            sent.append(rounds.submit_counts(full, ACME, "spring", "acme", request).version)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        while len(sent) < 5:
            pass
        before = sent[-1]
        back_up(full, tmp_path / "copy.sqlite3")
    finally:
        stop.set()
        thread.join()
    store = SqliteStore(tmp_path / "copy.sqlite3")
    copied = rounds.get_counts(Context(store, full.clock, full.settings), ACME, "spring", "acme").version
    store.close()
    assert before <= copied <= sent[-1]
    assert (tmp_path / "copy.sqlite3").stat().st_mode & 0o077 == 0


def test_a_backup_is_never_written_over(full, tmp_path):  # noqa: F811
    back_up(full, tmp_path / "copy.sqlite3")
    with pytest.raises(Refusal, match="never written over"):
        back_up(full, tmp_path / "copy.sqlite3")


def test_what_is_restored_is_what_was_copied(full, counts, tmp_path):  # noqa: F811
    back_up(full, tmp_path / "copy.sqlite3")
    rounds.submit_counts(full, ACME, "spring", "acme", CompanyCounts.model_validate(counts("acme", count=9)))
    full.store.close()
    with pytest.raises(Refusal, match="--replace"):
        restore(full, tmp_path / "copy.sqlite3")
    aside = restore(full, tmp_path / "copy.sqlite3", replace=True)
    store = SqliteStore(full.settings.database)
    context = Context(store, full.clock, full.settings)
    assert health.faults(context) == []
    assert rounds.get_counts(context, ACME, "spring", "acme").lines[0].count == 5
    store.close()
    kept = sqlite3.connect(aside)
    assert kept.execute("SELECT count(*) FROM demands").fetchone() == (2,)
    kept.close()


def test_a_copy_that_was_tampered_with_is_not_restored(full, tmp_path):  # noqa: F811
    back_up(full, tmp_path / "copy.sqlite3")
    connection = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.execute("DROP TRIGGER demands_refuse_update")
    connection.execute("UPDATE demands SET lines = '[]'")
    connection.commit()
    connection.close()
    before = full.settings.database.read_bytes()
    with pytest.raises(Refusal, match="is not whole: demands"):
        restore(full, tmp_path / "copy.sqlite3", replace=True)
    assert full.settings.database.read_bytes() == before


def test_a_damaged_database_gives_no_backup(full, tmp_path):  # noqa: F811
    behind_its_back(full, "DROP TRIGGER replies_refuse_update", "UPDATE replies SET answer = 'decline'")
    with pytest.raises(Refusal, match="not whole"):
        back_up(full, tmp_path / "copy.sqlite3")
    assert list(tmp_path.glob("*copy*")) == []


def test_a_server_has_its_own_tools(full, tmp_path):  # noqa: F811
    with pytest.raises(Refusal, match="pg_dump"):
        backups.back_up("postgresql://x@localhost/x", tmp_path / "copy", full.settings, full.clock)

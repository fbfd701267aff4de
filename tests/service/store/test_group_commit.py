"""Writers share commits: what is acknowledged is there, what failed is not, and nobody is taken along by another."""

import threading

import pytest
from sqlalchemy import insert, select

from service.problems import Refusal
from service.store.database import SqliteStore, initialise
from service.store.tables import tombstones


@pytest.fixture
def store(tmp_path):
    initialise(tmp_path / "x.sqlite3")
    store = SqliteStore(tmp_path / "x.sqlite3")
    yield store
    store.close()


def add(store, name, *, fail=False):
    with store.write() as connection:
        connection.execute(insert(tombstones).values(kind="job", id=name, erased_at="x"))
        if fail:
            raise ValueError(name)


def names(store):
    with store.read() as connection:
        return set(connection.execute(select(tombstones.c.id)).scalars())


def test_of_many_writers_at_once_those_that_ended_well_are_there_and_no_others(store):
    kept = set()

    def work(writer):
        for number in range(20):
            name = f"{writer}-{number}"
            try:
                add(store, name, fail=number % 7 == 3)
            except ValueError:
                continue
            assert name in names(store)  # on disk for every other connection, before the writer goes on
            kept.add(name)

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    # Of 20 numbers, 3, 10 and 17 fail.
    assert len(kept) == 6 * 17
    assert names(store) == kept


def test_a_writer_that_finds_no_turn_is_told_that_the_database_is_busy(store):
    inside, done = threading.Event(), threading.Event()

    def hold():
        with store.write():
            inside.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait(10)
    with pytest.raises(Refusal) as refused:
        add(store, "late")
    assert refused.value.code == "busy"
    done.set()
    thread.join(10)
    add(store, "later")
    assert names(store) == {"later"}


def test_where_the_database_rolls_back_everybody_of_the_commit_is_told(store):
    """The second writer meets a full disk, which takes the change of the first with it: neither is acknowledged."""
    told, first_is_in = [], threading.Event()
    second_waits = threading.Event()

    def first():
        try:
            with store.write() as connection:
                connection.execute(insert(tombstones).values(kind="job", id="first", erased_at="x"))
                first_is_in.set()
                second_waits.wait(10)
                while not store._changes._waiting:
                    pass
        except Refusal as refusal:
            told.append(refusal.code)

    def second():
        first_is_in.wait(10)
        second_waits.set()
        try:
            with store.write() as connection:
                connection.connection.cursor().execute("ROLLBACK")  # what SQLite does by itself when the disk is full
        except Refusal as refusal:
            told.append(refusal.code)

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert told == ["busy", "busy"]
    assert names(store) == set()
    add(store, "after")
    assert names(store) == {"after"}

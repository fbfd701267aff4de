"""A night from the command to the mails: killed at any time and started again, it ends with the same plan and the same mails; on
two machines of a cluster, which solve its parts side by side, it gives the same bytes."""

import random
import sqlite3
import time

import pytest

from service.config import Settings
from tests.benchmarks.country import country
from tests.faults import whole_night
from tests.service.machines import Machines

REGIONS, PARTS = 3, 5
"""Regions of twenty companies that share nothing; one of them falls in two, and lines that may attend nothing are one more."""
NIGHTS = 3
LONG_AGO = "2020-01-01"
WAIT_SECONDS = 120


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """A round with the counts of sixty companies, two planners, and three companies that get mail."""
    path = tmp_path_factory.mktemp("evening") / "service.sqlite3"
    whole_night.prepare(path, country(REGIONS, "A"))
    return path


@pytest.fixture(scope="module")
def calm(evening, tmp_path_factory):
    """The night that nobody disturbs."""
    return whole_night.left_alone(evening, tmp_path_factory.mktemp("calm") / "night")


def parts_of(night):
    """Return when each finished part of a night was made, and whether it was of use today."""
    connection = sqlite3.connect(night / "service.sqlite3")
    found = {key: (made, used > LONG_AGO) for key, made, used in connection.execute("SELECT key, created_at, used_on FROM parts")}
    connection.close()
    return found


def test_a_night_that_is_left_alone_has_one_plan_and_every_mail(calm):
    assert (calm.end, len(calm.plan), calm.attempts) == ("done", 1, 1)
    after_night, after_publication = calm.mails
    assert after_night == (2, 2)  # one to each planner
    assert after_publication[0] == after_publication[1] > 2


def test_a_night_that_is_killed_and_started_again_has_the_same_plan_and_as_many_mails(evening, calm, tmp_path):
    dice = random.Random(1)
    for number in range(NIGHTS):
        victims = whole_night.VICTIMS[number % len(whole_night.VICTIMS)]
        found = whole_night.killed(evening, tmp_path / f"night-{number}", dice, victims, calm.seconds)
        assert found.outcome() == calm.outcome(), found
        assert len(found.kills) == 2


def test_a_night_that_starts_again_solves_only_the_parts_that_are_missing(evening, calm, tmp_path):
    """A night whose database has the finished parts of the same night already, but for two."""
    whole_night.left_alone(evening, tmp_path / "first")
    before = parts_of(tmp_path / "first")
    assert len(before) == PARTS
    again = whole_night.Night(evening, tmp_path / "again")
    connection = sqlite3.connect(again.path)
    connection.execute("ATTACH ? AS done", (str(tmp_path / "first" / "service.sqlite3"),))
    connection.execute("INSERT INTO parts SELECT key, body, size, ?, created_at FROM done.parts", (LONG_AGO,))
    missing = sorted(before)[:2]
    connection.executemany("DELETE FROM parts WHERE key = ?", [(key,) for key in missing])
    connection.commit()
    connection.close()
    again.start("command")
    code, memory = again.wait(WAIT_SECONDS)
    after = parts_of(tmp_path / "again")
    assert {key for key in before if after[key] != before[key]} == set(missing)
    assert whole_night.morning(again, code, 0.0, memory).outcome() == calm.outcome()


def test_a_night_whose_parts_two_machines_solve_gives_the_same_bytes(evening, calm, tmp_path):
    night = whole_night.Night(evening, tmp_path / "night")
    machines = Machines(Settings(database=night.path), tmp_path, tls=True)
    try:
        for name in ("scheduler", "first", "second"):
            machines.start(name)
        night.set(**{name.upper(): str(value) for name, value in machines.client_settings().items()})
        night.start("command")
        code, _ = night.wait(WAIT_SECONDS)
        assert whole_night.morning(night, code, 0.0, 0.0).outcome() == calm.outcome()
        assert len(parts_of(tmp_path / "night")) == PARTS
    finally:
        night.close()
        machines.close()


def test_a_night_on_a_cluster_that_loses_a_machine_and_then_its_scheduler_is_the_same_night(tmp_path):
    """Two regions of 95 companies; the machine that works on the night dies, and later the scheduler with everybody."""
    limits = ("--deterministic-limit", "3")
    evening = tmp_path / "evening.sqlite3"
    whole_night.prepare(evening, country(2, "B"))
    alone = whole_night.left_alone(evening, tmp_path / "alone", limits)
    night = whole_night.Night(evening, tmp_path / "night", limits)
    machines = Machines(Settings(database=night.path), tmp_path, tls=True)
    try:
        for name in ("scheduler", "first"):
            machines.start(name)
        night.set(LEASE_SECONDS="2")
        night.set(**{name.upper(): str(value) for name, value in machines.client_settings().items()})
        night.start("command")
        _until(lambda: _running(night.path) == 1)
        machines.start("second")
        machines.kill("first")
        _until(lambda: _running(night.path) == 2)
        for name in ("scheduler", "second"):
            machines.kill(name)
        for name in ("scheduler", "third", "fourth"):
            machines.start(name)
        code, memory = night.wait(WAIT_SECONDS)
        found = whole_night.morning(night, code, 0.0, memory)
        assert found.outcome() == alone.outcome(), night.log()
        assert found.attempts == 3
    finally:
        night.close()
        machines.close()


def _running(path):
    """Return the attempt that runs; 0 where none does."""
    connection = sqlite3.connect(path)
    row = connection.execute("SELECT attempt FROM jobs WHERE state = 'running'").fetchone()
    connection.close()
    return row[0] if row else 0


def _until(condition):
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)

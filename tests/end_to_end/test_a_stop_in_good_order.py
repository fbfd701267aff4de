"""A supervisor says stop: what runs goes back to the queue at once, which is no death, and is done after the next start."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from cohort_opt import generate_json
from service.store.database import initialise

WAIT_SECONDS = 60
LONG = {"deterministic_limit": 1_000, "time_limit_seconds": 600}


@pytest.fixture
def environment(tmp_path):
    path = tmp_path / "service.sqlite3"
    initialise(path)
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COHORT_OPT", "FLASK"))}
    return own | {"COHORT_OPT_SERVICE_DATABASE": str(path)}


def jobs_of(environment):
    connection = sqlite3.connect(environment["COHORT_OPT_SERVICE_DATABASE"])
    rows = connection.execute("SELECT state, attempt, deaths, claimed_by, lease_until FROM jobs").fetchall()
    connection.close()
    return rows


def until(condition):
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert condition()


def start(environment, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "service.cli", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop(process):
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=WAIT_SECONDS)
    return time.monotonic() - began


def test_a_server_that_is_told_to_stop_gives_its_job_back(environment):
    import requests

    server = start(environment, "serve", "--port", "0", "--no-demo")
    address = server.stdout.readline().strip()
    body = {"instance": json.loads(generate_json("B", 2)), "params": LONG}
    answer = requests.post(f"{address}api/v1/jobs", json=body, headers={"Idempotency-Key": "one"}, timeout=30)
    assert answer.status_code == 202
    until(lambda: jobs_of(environment)[0][0] == "running")
    assert stop(server) < 10
    assert server.returncode == 0
    assert jobs_of(environment) == [("queued", 1, 0, None, None)]


def test_a_night_that_is_told_to_stop_gives_its_job_back(environment, tmp_path):
    from service.actors import MACHINE
    from service.clock import system_clock
    from service.config import Settings
    from service.services import demo
    from service.services.context import Context
    from service.store.sqlite import SqliteStore

    path = tmp_path / "service.sqlite3"
    store = SqliteStore(path)
    context = Context(store, system_clock, Settings(database=path))
    demo.set_up_round(context, MACHINE, "spring", "Spring", json.loads(generate_json("B", 2)), with_counts=True)
    store.close()
    command = ("propose-nightly", "--date", "2026-11-24", "--time-limit", "600", "--deterministic-limit")
    night = start(environment, *command, "1000")
    until(lambda: jobs_of(environment) and jobs_of(environment)[0][0] == "running")
    assert stop(night) < 10
    assert night.returncode == 143
    assert jobs_of(environment) == [("queued", 1, 0, None, None)]

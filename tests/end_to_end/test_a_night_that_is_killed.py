"""A night from the command to the mails: killed at any time and started again, it ends with the same plan and the same mails; on
two machines of a cluster it gives the same bytes."""

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from cohort_opt import generate_json
from service.actors import MACHINE
from service.clock import system_clock
from service.config import Settings
from service.services import accounts, demo
from service.services.context import Context
from service.store.database import initialise
from service.store.sqlite import SqliteStore
from tests.service.machines import Machines

KILLS = 5
NIGHT = "2026-11-24"
WAIT_SECONDS = 120


@pytest.fixture
def evening(tmp_path):
    """A round of twenty companies with their counts, and two planners who get mail."""
    path = tmp_path / "evening" / "service.sqlite3"
    initialise(path)
    store = SqliteStore(path)
    context = Context(store, system_clock, Settings(database=path))
    demo.set_up_round(context, MACHINE, "spring", "Spring", json.loads(generate_json("A", 1)), with_counts=True)
    for name, language in (("anna", "nl"), ("bert", "de")):
        accounts.add_account(context, MACHINE, f"{name}@x.invalid", "planner", None, language)
    store.close()
    return path


def tonight(evening, folder):
    """Return a copy of the evening's database, and the environment of the command on it."""
    folder.mkdir()
    path = shutil.copyfile(evening, folder / "service.sqlite3")
    settings = {"DATABASE": str(path), "LEASE_SECONDS": "2", "OUTBOX_FOLDER": str(folder / "outbox")}
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COHORT_OPT", "FLASK"))}
    return path, own | {f"COHORT_OPT_SERVICE_{name}": value for name, value in settings.items()}


def command(environment):
    program = [sys.executable, "-m", "service.cli", "propose-nightly", "--date", NIGHT]
    return subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def ended(process):
    """Wait for a command, and return its exit code with what it complained of."""
    _, complaint = process.communicate(timeout=WAIT_SECONDS)
    return process.returncode, complaint.decode()


def morning(path, folder):
    """Return what the night has left: fingerprint of the plan, proposals, mails in the outbox, mails delivered."""
    connection = sqlite3.connect(path)
    bodies = [row[0] for row in connection.execute("SELECT body FROM proposals")]
    mails = connection.execute("SELECT count(*), count(sent_at) FROM outbox").fetchone()
    connection.close()
    digests = [hashlib.sha256(body.encode()).hexdigest() for body in bodies]
    return digests, mails, len(list((folder / "outbox").glob("*.eml")))


def test_a_night_that_is_killed_and_started_again_has_the_same_plan_and_as_many_mails(evening, tmp_path):
    path, environment = tonight(evening, tmp_path / "calm")
    assert ended(command(environment)) == (0, "")
    calm = morning(path, tmp_path / "calm")
    assert (len(calm[0]), calm[1], calm[2]) == (1, (2, 2), 2)
    dice = random.Random(1)
    for number in range(KILLS):
        folder = tmp_path / f"night-{number}"
        path, environment = tonight(evening, folder)
        killed = command(environment)
        time.sleep(dice.uniform(0.3, 3.0))
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        assert ended(command(environment))[0] == 0
        assert morning(path, folder) == calm


def test_a_night_on_two_machines_of_a_cluster_gives_the_same_bytes(evening, tmp_path):
    path, environment = tonight(evening, tmp_path / "alone")
    assert ended(command(environment)) == (0, "")
    alone = morning(path, tmp_path / "alone")
    path, environment = tonight(evening, tmp_path / "cluster")
    machines = Machines(Settings(database=path), tmp_path)
    try:
        for name in ("scheduler", "first", "second"):
            machines.start(name)
        environment["COHORT_OPT_SERVICE_SCHEDULER"] = machines.address
        assert ended(command(environment))[0] == 0
        assert morning(path, tmp_path / "cluster") == alone
    finally:
        machines.close()

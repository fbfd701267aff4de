"""The service under load: a database with a region and its companies, the served program, and the route beside."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cohort_opt import generate_json
from service.actors import MACHINE
from service.clock import system_clock
from service.config import Settings
from service.services import accounts, demo, rounds
from service.services.context import Context, work_for
from service.store.database import SqliteStore, initialise

ROUND = "load"


@dataclass(frozen=True)
class House:
    """What runs, and who may ask.

    Parameters
    ----------
    port, beside
        Of the service, and of the trivial route.
    tokens
        By company.
    lines
        What each company sends, as JSON has it.
    """

    port: int
    beside: int
    planner: str
    tokens: dict[str, str]
    lines: dict[str, list[dict[str, object]]]
    database: Path


@contextmanager
def opened(folder: Path, size: str, companies: int, threads: int) -> Iterator[House]:
    """Set up a round of a size, give so many companies tokens, start both servers; everything ends with the block."""
    database = folder / "load.sqlite3"
    planner, tokens, lines = set_up(database, size, companies)
    port, beside = _free_port(), _free_port()
    environment = {
        **os.environ, "COHORT_OPT_SERVICE_DATABASE": str(database), "COHORT_OPT_SERVICE_ACCESS": "accounts",
        "COHORT_OPT_SERVICE_RATE_LIMIT": "1000000/second", "COHORT_OPT_SERVICE_THREADS": str(threads),
    }  # fmt: skip
    commands = (
        (sys.executable, "-m", "service.cli", "serve", "--port", str(port)),
        (sys.executable, "-m", "tests.load.trivial", str(beside), str(threads)),
    )
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for command in commands
    ]
    try:
        for number in (port, beside):
            _wait_for(number)
        yield House(port, beside, planner, tokens, lines, database)
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            process.wait(20)


def versions(database: Path) -> int:
    """Return how many versions of counts the database holds."""
    store = SqliteStore(database)
    try:
        with store.read() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM demands").scalar_one())
    finally:
        store.close()


def set_up(database: Path, size: str, most: int) -> tuple[str, dict[str, str], dict[str, list[dict[str, object]]]]:
    """Make a database with a round of a size; return the planner's token, those of so many companies, and their lines."""
    work_for(MACHINE)
    initialise(database)
    settings = Settings(database=database)
    context = Context(SqliteStore(database), system_clock, settings)
    document = json.loads(generate_json(size, 1))
    demo.set_up_round(context, MACHINE, ROUND, "Load", document, with_counts=True)
    companies = sorted({row["company"] for row in document["demands"]})[:most]
    tokens = {name: _token(context, "company", name) for name in companies}
    lines = {
        name: [line.model_dump(mode="json") for line in rounds.get_counts(context, MACHINE, ROUND, name).lines]
        for name in companies
    }
    planner = _token(context, "planner", None)
    context.store.close()
    return planner, tokens, lines


def _token(context: Context, role: str, company: str | None) -> str:
    account = accounts.add_account(context, MACHINE, f"{company or role}@load.invalid", role, company)
    with context.store.write() as connection:
        secret = accounts.start_session(context, connection, account)
    actor = accounts.actor_of_session(context, secret)
    assert actor is not None
    return accounts.make_token(context, actor, "load", 30, writes=True)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")

"""Databases that are prepared once and copied for each fault, and what must hold in them afterwards, whatever happened."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

from cohort_opt import Instance, propose
from service.actors import MACHINE, OPEN, Actor, Role
from service.attempts import run_attempt
from service.config import Settings
from service.schemas import CompanyCounts, JobRequest, Params, PublicationRequest, RoundRequest
from service.services import accounts, jobs, nights, publications, rounds
from service.services import work as work_verbs
from service.services.answers import once
from service.services.context import Context
from service.store.database import SqliteStore, initialise
from tests.builders import make_instance

ROUND = "spring"
NIGHT = "2026-11-24"
PLANNER = Actor(Role.PLANNER, "planner:p")
COMPANY = {name: Actor(Role.COMPANY, f"company:{name}", name) for name in ("acme", "bolt")}
START = dt.datetime(2026, 11, 24, 1, 30, tzinfo=dt.UTC)


class Clock:
    """A clock that moves only when it is told to."""

    def __init__(self, instant: dt.datetime = START) -> None:
        self.instant = instant

    def __call__(self) -> dt.datetime:
        return self.instant


@functools.cache
def small_plan() -> str:
    """Return the proposal of the small instance."""
    return propose(make_instance()).to_json()


def solve_here(instance: str, params: Params, heard: object, start: str = "") -> str:
    """Solve in this process: small instances only."""
    return propose(Instance.model_validate_json(instance)).to_json()


def open_house(path: Path, clock: Clock | None = None, **settings: object) -> Context:
    """Return a context over a database."""
    own = Settings(database=path, **settings)
    return Context(SqliteStore(path), clock or Clock(), own)


def lines_of(company: str, count: int | None = None) -> CompanyCounts:
    """Return the counts of a company of the small instance: acme 5, bolt 4."""
    row = next(row for row in make_instance().model_dump(mode="json")["demands"] if row["company"] == company)
    line = {name: row[name] for name in ("course", "count", "earliest_start", "latest_start", "max_travel_km")}
    return CompanyCounts.model_validate({"lines": [{**line, "count": count or line["count"]}]})


def build(path: Path, filler: int = 0) -> None:
    """Make a round with counts, a published night with offers, a second good night, a waiting job, and accounts.

    `filler` more versions of the counts make the file larger, so that the same act touches other pages.
    """
    initialise(path)
    context = open_house(path)
    base = {**make_instance().model_dump(mode="json"), "demands": []}
    rounds.put_round(context, PLANNER, ROUND, RoundRequest(name="Spring", base=base))
    for mail, role, company in (("planner@demo.invalid", "planner", None), ("acme@demo.invalid", "company", "acme"),
                                ("leaver@demo.invalid", "company", "bolt")):  # fmt: skip
        accounts.add_account(context, MACHINE, mail, role, company, "en")
    for number in range(filler):
        rounds.submit_counts(context, COMPANY["acme"], ROUND, "acme", lines_of("acme", 1 + number % 9))
    for name, actor in COMPANY.items():
        rounds.submit_counts(context, actor, ROUND, name, lines_of(name))
    for date in ("2026-11-23", NIGHT):
        nights.propose_night(context, MACHINE, ROUND, date, Params())
        work(context)
        if date == "2026-11-23":
            publications.publish(context, PLANNER, ROUND, PublicationRequest(date=dt.date.fromisoformat(date), note="First"))
    body = {"instance": make_instance().model_dump(mode="json")}
    jobs.submit_job(context, OPEN, JobRequest.model_validate(body), "", once("POST /jobs", "waiting", b""))
    close(context)


def work(context: Context) -> None:
    """Do what waits, here."""
    for job in work_verbs.promise_jobs(context, 10):
        run_attempt(context, solve_here, job.id, job.attempt)


def close(context: Context) -> None:
    """Close the database; the write-ahead log goes into the file."""
    store = context.store
    assert isinstance(store, SqliteStore)
    store.close()


def copy(source: Path, target: Path) -> Path:
    """Copy a database that nobody has open, with its log where there is one."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
        if Path(f"{source}{suffix}").exists():
            shutil.copyfile(f"{source}{suffix}", f"{target}{suffix}")
    return target


def logical(path: Path) -> dict[str, list[str]]:
    """Return the content of every table, without ids made by chance and without secrets."""
    chance = {
        "id",
        "sha256",
        "job",
        "offer",
        "hash",
        "previous",
        "object",
        "account",
        "facts",
        "body",
        "created_by",
        "location",
        "purpose",
        "claimed_by",
    }
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {}
        for name in names:
            rows = connection.execute(f"SELECT * FROM {name}")  # noqa: S608  names come from the schema
            found[name] = sorted(
                json.dumps(dict(pair for pair in zip(row.keys(), row, strict=True) if pair[0] not in chance), default=str)
                for row in rows
            )
        return found
    finally:
        connection.close()


def broken(path: Path) -> list[str]:
    """Return every rule of a healthy database that this one breaks."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    found = []
    try:
        check = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        if check != ["ok"]:
            return [f"integrity_check: {check[0]}"]
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            found.append("a row refers to one that is not there")
        for sentence, query in _MUST_BE_EMPTY.items():
            if connection.execute(query).fetchone():
                found.append(sentence)
        for row in connection.execute("SELECT body, sha256 FROM proposals"):
            if hashlib.sha256(row["body"].encode()).hexdigest() != row["sha256"]:
                found.append("a proposal does not match its fingerprint")
    finally:
        connection.close()
    from service.store import ledger

    context = open_house(path)
    try:
        with context.store.read() as reader:
            found += [f"audit line {number} does not follow" for number in ledger.broken_lines(reader)]
    finally:
        close(context)
    return found


_MUST_BE_EMPTY = {
    "a job is done without a proposal": (
        "SELECT 1 FROM jobs LEFT JOIN proposals ON proposals.job = jobs.id WHERE jobs.state = 'done' AND proposals.id IS NULL"
    ),
    "a job has a proposal and is not done": (
        "SELECT 1 FROM jobs JOIN proposals ON proposals.job = jobs.id WHERE jobs.state <> 'done'"
    ),
    "two proposals of one job": "SELECT 1 FROM proposals GROUP BY job HAVING count(*) > 1",
    "two tries of one night are good": (
        "SELECT 1 FROM nights JOIN jobs ON jobs.id = nights.job WHERE jobs.state = 'done' "
        "GROUP BY round, date HAVING count(*) > 1"
    ),
    "a company has a seat in what is published and no offer": (
        "SELECT 1 FROM publications p WHERE p.job IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM offers o WHERE o.round = p.round AND o.version = p.version)"
    ),
    "a removed account can still sign in": (
        "SELECT 1 FROM accounts a JOIN sessions s ON s.account = a.id WHERE a.removed_at IS NOT NULL AND s.ended_at IS NULL"
    ),
    "an audit line is missing for an answer": (
        "SELECT 1 FROM replies r WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.action = 'reply' AND a.object = r.offer)"
    ),
}

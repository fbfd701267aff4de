"""A whole night from the line of cron to the mails, left alone once and then killed; the plan and the mails must be the same.

    python -m tests.faults.whole_night [--size L] [--regions 1] [--nights 3] [--seed 1] [--deterministic-limit 60] [--report FILE]

Every night but the first loses two of its processes by `kill -9`, at times and in an order that the seed gives: the command, the
solver child, or a web process that works beside it; whoever died is started again. Two deaths are all that a job may have: the
third puts it aside. Seconds and memory are those of the night that is left alone.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service.actors import MACHINE
from service.clock import system_clock
from service.config import Settings
from service.schemas import PublicationRequest
from service.services import accounts, demo, outbox, publications
from service.services.context import Context
from service.store.database import SqliteStore, initialise
from tests.benchmarks.country import country

NIGHT, ROUND = "2026-11-24", "spring"
LEASE_SECONDS = 5
WAIT_SECONDS = 3_600
PLANNERS = (("anna", "nl"), ("bert", "de"))
COMPANIES = 3
"""So many companies have an account, and get mail about their offers."""
VICTIMS = (("child", "command"), ("web", "child"), ("command", "web"))


@dataclass(frozen=True)
class Morning:
    """What a night has left.

    Parameters
    ----------
    plan
        SHA-256 of the proposal; several where there is more than one.
    mails
        To planners after the night, and to all after its publication: (posted, delivered) each.
    kills
        What was killed after how many seconds.
    """

    plan: tuple[str, ...]
    end: str
    cents: int | None
    gap_ppm: int | None
    mails: tuple[tuple[int, int], tuple[int, int]]
    attempts: int
    kills: tuple[str, ...]
    seconds: float
    memory_mb: float

    def outcome(self) -> tuple[object, ...]:
        """Return what must be the same whatever was killed."""
        return self.plan, self.end, self.cents, self.mails


def prepare(path: Path, instance: dict[str, Any]) -> float:
    """Make a database with the counts of every company and the accounts of those who get mail; return the seconds."""
    began = time.monotonic()
    initialise(path)
    store = SqliteStore(path)
    context = Context(store, system_clock, Settings(database=path))
    demo.set_up_round(context, MACHINE, ROUND, "Spring", instance, with_counts=True)
    for name, language in PLANNERS:
        accounts.add_account(context, MACHINE, f"{name}@x.invalid", "planner", None, language)
    asking = sorted({row["company"] for row in instance["demands"]})
    for number, company in enumerate(asking[:: max(len(asking) // COMPANIES, 1)][:COMPANIES]):
        accounts.add_account(context, MACHINE, f"company{number}@x.invalid", "company", company, "en")
    store.close()
    return time.monotonic() - began


class Night:
    """One night over a copy of a prepared database, with the processes that work on it."""

    def __init__(self, evening: Path, folder: Path, options: tuple[str, ...] = ()) -> None:
        folder.mkdir(parents=True)
        self.folder, self._options = folder, options
        self.path = Path(shutil.copyfile(evening, folder / "service.sqlite3"))
        given = {
            "DATABASE": str(self.path),
            "LEASE_SECONDS": str(LEASE_SECONDS),
            "OUTBOX_FOLDER": str(folder / "outbox"),
        }
        own = {name: value for name, value in os.environ.items() if not name.startswith(("COHORT_OPT", "FLASK"))}
        self._environment = own | {f"COHORT_OPT_SERVICE_{name}": value for name, value in given.items()}
        self._running: dict[str, subprocess.Popen[str]] = {}
        self.kills: list[str] = []
        self._began = time.monotonic()

    def set(self, **settings: str) -> None:
        """Change settings of what starts from now on."""
        self._environment |= {f"COHORT_OPT_SERVICE_{name}": value for name, value in settings.items()}

    def start(self, name: str) -> None:
        """Start `command`, what cron calls, or `web`, the server beside it."""
        arguments = (
            ("propose-nightly", "--date", NIGHT, *self._options) if name == "command" else ("serve", "--port", "0", "--no-demo")
        )
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "service.cli", *arguments], env=self._environment, stdout=log, stderr=log, text=True,
                start_new_session=True,
            )  # fmt: skip

    def kill(self, victim: str) -> None:
        """Kill a process without a word and start it again; a `child` is started again by whoever works."""
        if victim == "child":
            children = [pid for process in self._running.values() for pid in _children_of(process.pid)]
            for pid in children[:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        else:
            process = self._running[victim]
            if process.poll() is None:
                process.kill()
            process.wait()
            self.start(victim)
        self.kills.append(f"{victim} after {time.monotonic() - self._began:.1f} s")

    def has_ended(self) -> bool:
        """Whether the command has ended by itself."""
        return os.waitid(os.P_PID, self._running["command"].pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def wait(self, seconds: float) -> tuple[int, float]:
        """Wait at most so long for the command; return its exit code and the peak memory in MB of it and its children."""
        command, deadline = self._running.pop("command"), time.monotonic() + seconds
        while time.monotonic() < deadline:
            pid, status, usage = os.wait4(command.pid, os.WNOHANG)
            if pid:
                command.returncode = os.waitstatus_to_exitcode(status)
                return command.returncode, usage.ru_maxrss / 1024
            time.sleep(0.02)
        raise TimeoutError("the night did not end")

    def close(self) -> None:
        """End every process that still runs."""
        for process in self._running.values():
            if process.poll() is None:
                process.kill()
            process.wait()

    def seconds(self) -> float:
        """Return the seconds since the night began."""
        return time.monotonic() - self._began

    def log(self) -> str:
        """Return what the command has said."""
        return (self.folder / "command.log").read_text()


def left_alone(evening: Path, folder: Path, options: tuple[str, ...] = ()) -> Morning:
    """Run a night that nobody disturbs."""
    night = Night(evening, folder, options)
    try:
        night.start("command")
        code, memory = night.wait(WAIT_SECONDS)
        seconds = night.seconds()
        return morning(night, code, seconds, memory)
    finally:
        night.close()


def killed(
    evening: Path, folder: Path, dice: random.Random, victims: tuple[str, ...], within: float, options: tuple[str, ...] = ()
) -> Morning:
    """Run a night that loses its processes at times within so many seconds."""
    night = Night(evening, folder, options)
    try:
        night.start("web")
        night.start("command")
        times = sorted(dice.uniform(0.05, 0.95) * within for _ in victims)
        for victim, moment in zip(victims, times, strict=True):
            while night.seconds() < moment and not night.has_ended():
                time.sleep(0.01)
            night.kill(victim)
        code, memory = night.wait(WAIT_SECONDS)
        return morning(night, code, night.seconds(), memory)
    finally:
        night.close()


def morning(night: Night, code: int, seconds: float, memory: float) -> Morning:
    """Return what a night has left; it is published, so that the mails of that are counted too."""
    connection = sqlite3.connect(night.path)
    bodies = [row[0] for row in connection.execute("SELECT body FROM proposals ORDER BY id")]
    jobs = connection.execute("SELECT state, objective_cents, gap_ppm, attempt FROM jobs").fetchall()
    connection.close()
    state, cents, gap, attempts = jobs[0] if len(jobs) == 1 else (f"{len(jobs)} jobs", None, None, 0)
    after_night = _mails(night)
    if state == "done":
        _publish(night)
    return Morning(
        tuple(hashlib.sha256(body.encode()).hexdigest() for body in bodies), state if code == 0 else f"{state}, exit code {code}",
        cents, gap, (after_night, _mails(night)), attempts, tuple(night.kills), round(seconds, 1), round(memory),
    )  # fmt: skip


def _publish(night: Night) -> None:
    store = SqliteStore(night.path)
    context = Context(store, system_clock, Settings(database=night.path, outbox_folder=night.folder / "outbox"))
    publications.publish(context, MACHINE, ROUND, PublicationRequest(date=dt.date.fromisoformat(NIGHT), note="First"))
    while outbox.deliver(context):
        pass
    store.close()


def _mails(night: Night) -> tuple[int, int]:
    """Return how many mails were posted, and how many were delivered."""
    connection = sqlite3.connect(night.path)
    posted = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    connection.close()
    return int(posted), len(list((night.folder / "outbox").glob("*.eml")))


def _children_of(pid: int) -> list[int]:
    """Return the solver children of a process, from the system's own list."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if int(fields["PPid"]) == pid and b"service.child" in (status.parent / "cmdline").read_bytes():
                found.append(int(fields["Pid"]))
    return sorted(found)


def main() -> int:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description="A whole night, left alone and killed.")
    parser.add_argument("--size", default="L", help="A, B, L or XL")
    parser.add_argument("--regions", type=int, default=1, help="so many regions of this size side by side")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nights", type=int, default=3, help="nights that are killed")
    parser.add_argument("--deterministic-limit", type=float, default=60.0)
    parser.add_argument("--time-limit", type=float, default=1_800.0)
    parser.add_argument("--report", type=Path, help="what was found as JSON")
    options = parser.parse_args()
    limits = ("--deterministic-limit", str(options.deterministic_limit), "--time-limit", str(options.time_limit))
    instance, dice = country(options.regions, options.size, options.seed), random.Random(options.seed)
    asked = sum(row["count"] for row in instance["demands"])
    with tempfile.TemporaryDirectory(prefix="night-") as name:
        folder = Path(name)
        evening = folder / "evening.sqlite3"
        stored = prepare(evening, instance)
        print(
            f"{instance['name']}: {len(instance['companies'])} companies, {asked} trainees, counts stored in {stored:.1f} s",
            flush=True,
        )
        calm = left_alone(evening, folder / "calm", limits)
        print(_line("left alone", calm, calm), flush=True)
        nights = [calm]
        for number, victims in zip(range(options.nights), itertools.cycle(VICTIMS), strict=False):
            nights.append(killed(evening, folder / f"night-{number}", dice, victims, calm.seconds, limits))
            print(_line(f"killed {number + 1}", nights[-1], calm), flush=True)
    same = all(night.outcome() == calm.outcome() for night in nights) and calm.end == "done"
    kills = sum(len(night.kills) for night in nights)
    print(f"{'the same' if same else 'NOT the same'} plan and mails in {len(nights)} nights with {kills} kills")
    if options.report:
        facts = {
            "instance": instance["name"],
            "stored_seconds": round(stored, 1),
            "same": same,
            "nights": [asdict(n) for n in nights],
        }
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(json.dumps(facts, indent=2) + "\n")
    return 0 if same else 1


def _line(title: str, night: Morning, calm: Morning) -> str:
    value = "" if night.cents is None else f"{night.cents / 100:,.2f} euros"
    gap = "" if night.gap_ppm is None else f", gap {night.gap_ppm / 10_000:.2f} %"
    plan = " ".join(digest[:16] for digest in night.plan) or "no plan"
    mails = " and ".join(f"{delivered} of {posted}" for posted, delivered in night.mails)
    verdict = "" if night.outcome() == calm.outcome() else "  DIFFERENT"
    told = f"{title}: {night.end} in {night.seconds} s, attempts {night.attempts}, {value}{gap}, plan {plan}, mails {mails}"
    return f"{told}, {night.memory_mb:.0f} MB{verdict}" + "".join(f"\n    killed: {kill}" for kill in night.kills)


if __name__ == "__main__":
    sys.exit(main())

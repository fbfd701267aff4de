"""Load beside a trivial Flask route in one run, while a solve runs: own read, replay and fresh durable submit.

python -m tests.load [--size L] [--seconds 8] [--repeats 3] [--connections 200]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

from tests.load.drive import Rate, drive
from tests.load.house import ROUND, House, opened, versions

GOALS = {"own read": 0.60, "replay": 0.50, "durable submit": 0.20}
"""Least share of the trivial route's answers per second (reliability.md, G35)."""
P99_FACTOR = 5.0


def main() -> int:
    """Measure, print the table, and say whether every goal is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="L")
    parser.add_argument("--companies", type=int, default=100)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), asked.size, asked.companies, asked.threads) as house:
        return _measure(house, asked)


def _measure(house: House, asked: argparse.Namespace) -> int:
    before = versions(house.database)
    job = _start_solve(house)
    requests = {"trivial": _trivial, **requests_of(house)}
    found: dict[str, list[Rate]] = {name: [] for name in requests}
    for _ in range(asked.repeats):
        for name, request in requests.items():
            port = house.beside if name == "trivial" else house.port
            drive(port, request, asked.connections, 1.0)  # warm
            found[name].append(drive(port, request, asked.connections, asked.seconds))
    state = _ask(house, "GET", f"/api/v1/jobs/{job}", house.planner)["state"]
    added = versions(house.database) - before
    return _report(found, asked, state, added)


def _start_solve(house: House) -> str:
    night = _ask(house, "POST", f"/api/v1/rounds/{ROUND}/proposals", house.planner, {}, {"Idempotency-Key": "night"})
    return str(night["job"]["id"])


def _trivial(_: int) -> bytes:
    return b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


class _Submits:
    """Counts of one company after another, never twice the same; each is a new version."""

    def __init__(self, house: House) -> None:
        self._house, self._names, self.sent = house, sorted(house.tokens), 0

    def __call__(self, number: int) -> bytes:
        name = self._names[number % len(self._names)]
        self.sent += 1
        lines = [{**line, "count": 1 + self.sent % 20, "together": False, "min_part": 1} for line in self._house.lines[name]]
        return _bytes("PUT", f"/api/v1/rounds/{ROUND}/demands/{name}", self._house.tokens[name], {"lines": lines}, "If-Match: *")


def requests_of(house: House) -> dict[str, Callable[[int], bytes]]:
    """Return the bytes of the n-th request of each kind."""
    names = sorted(house.tokens)
    reads = [_bytes("GET", f"/api/v1/rounds/{ROUND}/demands/{name}", house.tokens[name]) for name in names]
    replay = _bytes("POST", f"/api/v1/rounds/{ROUND}/proposals", house.planner, {}, "Idempotency-Key: night")
    return {"own read": lambda n: reads[n % len(reads)], "replay": lambda _: replay, "durable submit": _Submits(house)}


def _bytes(method: str, path: str, token: str, body: object = None, header: str = "") -> bytes:
    data = b"" if body is None else json.dumps(body).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {token}"]
    head += [header] if header else []
    head += ["Content-Type: application/json", f"Content-Length: {len(data)}"] if body is not None else []
    return ("\r\n".join(head) + "\r\n\r\n").encode() + data


def _ask(
    house: House, method: str, path: str, token: str, body: object = None, headers: dict[str, str] | None = None
) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    named = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **(headers or {})}
    with urlopen(Request(f"http://127.0.0.1:{house.port}{path}", data, named, method=method), timeout=60) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def _report(found: dict[str, list[Rate]], asked: argparse.Namespace, state: str, added: int) -> int:
    rates = {name: statistics.median(rate.per_second for rate in own) for name, own in found.items()}
    slowest = {name: statistics.median(rate.quantile(0.99) for rate in own) for name, own in found.items()}
    errors = sum(rate.errors for own in found.values() for rate in own)
    print(f"Load beside a trivial Flask route, {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, "
          f"{platform.machine()}, Python {platform.python_version()}, {platform.system()} {platform.release()}.")  # fmt: skip
    print(f"Region {asked.size}, {asked.companies} companies, {asked.connections} connections, {asked.threads} threads each, "
          f"{asked.repeats} x {asked.seconds:g} s, medians; the solve: {state}.\n")  # fmt: skip
    print("| what | answers per second | p50 ms | p99 ms | share of trivial | goal |\n|---|---:|---:|---:|---:|---:|")
    missed = []
    for name, own in found.items():
        share = rates[name] / rates["trivial"]
        goal = GOALS.get(name)
        middle = statistics.median(rate.quantile(0.5) for rate in own)
        print(f"| {name} | {rates[name]:.0f} | {middle:.1f} | {slowest[name]:.1f} | {share:.2f} | {goal or ''} |")
        missed += [f"{name}: {share:.2f} < {goal}"] if goal and share < goal else []
    print(f"\nEvery answer but {errors} was a 2xx. Versions of counts added: {added}.")
    times = ", ".join(f"{name} {slowest[name] / slowest['trivial']:.1f}x" for name in GOALS)
    print(f"p99 against the trivial one: {times} (goal {P99_FACTOR:g}x).")
    acknowledged = sum(
        count for rate in found["durable submit"] for status, count in rate.statuses.items() if status in (201, 202)
    )
    if added < acknowledged:
        missed.append(f"{acknowledged} were acknowledged, {added} are there")
    if errors:
        kinds = Counter(status for own in found.values() for rate in own for status in rate.statuses.elements())
        missed.append(f"{errors} answers were errors: {dict(kinds)}")
    if state not in ("running", "done"):
        missed.append(f"the solve {state}")
    print("\n".join(missed) or "Every goal is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""CPU of one request in this process, without a server and its lock: trivial, own read, replay and durable submit.

python -m tests.load.cost [--size L] [--requests 2000] [--profile "durable submit"]

It counts the time of this thread on a processor and not the clock, so that it says the same on a machine that does other things.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from service import create_app
from service.children import SolveFailedError
from service.config import Settings
from service.jobs import Dispatcher
from tests.load.__main__ import requests_of
from tests.load.house import House, set_up
from tests.load.trivial import trivial_app

TURNS = 10
"""Each kind of request is asked in so many turns, one after the other; the median turn counts."""


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="L")
    parser.add_argument("--companies", type=int, default=100)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--profile", help="kind of request whose calls are listed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "load.sqlite3"
        house = House(0, 0, *set_up(database, asked.size, asked.companies), database)
        settings = Settings(database=database, access="accounts", rate_limit="1000000/second")
        app = create_app(settings, work=False, solver=_nobody)
        try:
            return _measure(app, house, asked)
        finally:
            worker: Dispatcher = app.extensions["cohort_opt_jobs"]
            worker.close()


def _nobody(*_: object) -> str:
    raise SolveFailedError("not-here", "Nothing is solved here.")


def _measure(app: Any, house: House, asked: argparse.Namespace) -> int:
    kinds = {"trivial": (trivial_app().wsgi_app, lambda _: b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")}
    kinds |= {name: (app.wsgi_app, request) for name, request in requests_of(house).items()}
    number = 0
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for turn in range(TURNS + 1):
        for name, (wsgi, request) in kinds.items():
            environs = [_environ(request(number + i)) for i in range(asked.requests // TURNS)]
            number += len(environs)
            spent = _ask(wsgi, environs)
            found[name] += [1e6 * spent / len(environs)] if turn else []  # the first turn warms
    print("| what | CPU microseconds per request | trivial / this |\n|---|---:|---:|")
    medians = {name: statistics.median(own) for name, own in found.items()}
    for name, cost in medians.items():
        print(f"| {name} | {cost:.0f} | {medians['trivial'] / cost:.2f} |")
    if asked.profile:
        wsgi, request = kinds[asked.profile]
        environs = [_environ(request(number + i)) for i in range(asked.requests)]
        with cProfile.Profile() as profile:
            _ask(wsgi, environs)
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
    return 0


def _ask(wsgi: Callable[..., Any], environs: list[dict[str, Any]]) -> float:
    """Return the seconds of CPU of this process over all requests.

    Raises
    ------
    RuntimeError
        If an answer was no 2xx.
    """
    statuses: list[str] = []
    began = time.process_time()
    for environ in environs:
        answer = wsgi(environ, lambda status, headers, exc_info=None: statuses.append(status))
        for _ in answer:
            pass
        if hasattr(answer, "close"):
            answer.close()
    spent = time.process_time() - began
    if bad := {status for status in statuses if not status.startswith("2")}:
        raise RuntimeError(f"not every answer was a 2xx: {sorted(bad)}")
    return spent


def _environ(request: bytes) -> dict[str, Any]:
    """Return what a server makes of the bytes of a request."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    named = dict(line.split(": ", 1) for line in lines)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    for name, value in named.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ


if __name__ == "__main__":
    sys.exit(main())

"""Fakes of the service's tests: a clock that stands still, and solvers that answer at once, never, or badly."""

from __future__ import annotations

import datetime as dt
import json
import threading
from concurrent.futures import Executor, Future

from service.children import SolveFailedError, SolverDiedError

NIGHT = dt.datetime(2026, 11, 24, 1, 30, tzinfo=dt.UTC)
"""02:30 in Amsterdam on a Tuesday."""


class StoppedClock:
    """A clock that moves only when it is told to."""

    def __init__(self, instant=NIGHT):
        self.instant = instant

    def __call__(self):
        return self.instant

    def move(self, **delta):
        self.instant += dt.timedelta(**delta)


class InlineExecutor(Executor):
    """Runs what it is given at once, in the thread that asks."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class LazyExecutor(Executor):
    """Keeps what it is given until `run` is called: a worker that has not come round to it yet."""

    def __init__(self):
        self.waiting = []

    def submit(self, fn, /, *args, **kwargs):
        self.waiting.append((fn, args, kwargs, future := Future()))
        return future

    def run(self):
        waiting, self.waiting = self.waiting, []
        for fn, args, kwargs, future in waiting:
            future.set_result(fn(*args, **kwargs))


def plan_of(document):
    """Return a proposal that puts all demand lines of the first course into one class on its first day."""
    instance = json.loads(document)
    import hashlib

    fingerprint = hashlib.sha256(document.encode()).hexdigest()
    lines = instance["demands"]
    size = sum(line["count"] for line in lines)
    base = {
        "format": "cohort-opt-proposal/1", "instance_name": instance["name"], "instance_fingerprint": fingerprint, "seed": 1,
        "bound_source": "cp-sat", "gap": 0.0, "verified": True, "reproducible": True, "versions": {}, "verification": [],
        "limits": {"mode": "reproducible", "deterministic_limit": 60, "time_limit_seconds": 300, "workers": 1, "gap_target": 0},
        "objective_terms": None, "pooling": [], "conflict": None, "notes": [],
    }  # fmt: skip
    if not lines:
        return {**base, "status": "empty", "objective_cents": 0, "bound_cents": 0, "classes": [], "unplaced": [],
                "cost_shares": []}  # fmt: skip
    offering, course = instance["offerings"][0], instance["courses"][0]
    cost = offering["fixed_cents"] + size * offering["seat_cents"]
    members = [{"demand": line["id"], "company": line["company"], "count": line["count"]} for line in lines]
    entry = {
        "id": "run#1", "run": "run", "number": 1, "offering": offering["id"], "course": course["id"], "site": offering["site"],
        "room": offering["room"], "instructor": offering["instructor"], "pattern": "block5", "start": "2027-03-01",
        "end": "2027-03-05", "dates": [f"2027-03-0{n}" for n in range(1, 6)], "min_seats": course["min_seats"],
        "max_seats": course["max_seats"], "size": size, "cost_cents": cost, "seat_price_cents": -(-cost // size),
        "members": members, "reasons": [],
    }  # fmt: skip
    companies = sorted({line["company"] for line in lines})
    seats = {name: sum(line["count"] for line in lines if line["company"] == name) for name in companies}
    shares = [
        {"class_id": "run#1", "company": name, "seats": seats[name], "share_cents": cost * seats[name] // size, "method": "equal"}
        for name in companies
    ]
    return {**base, "status": "optimal", "objective_cents": cost, "bound_cents": cost, "classes": [entry], "unplaced": [],
            "cost_shares": shares}  # fmt: skip


class FakeSolver:
    """Answers at once with a plan made by hand; remembers what it was asked."""

    def __init__(self, **changes):
        self.asked, self.changes = [], changes

    def __call__(self, instance, params, heard, start=""):
        self.asked.append((instance, params))
        heard({"phase": "search", "objective_cents": 200, "bound_cents": 100})
        return json.dumps({**plan_of(instance), **self.changes}, sort_keys=True)


class DyingSolver:
    """Ends without a word, as a killed process does, so many times; then it answers."""

    def __init__(self, deaths):
        self.deaths = deaths

    def __call__(self, instance, params, heard, start=""):
        if self.deaths > 0:
            self.deaths -= 1
            raise SolverDiedError
        return json.dumps(plan_of(instance))


class RefusingSolver:
    """Says why it has no answer."""

    def __call__(self, instance, params, heard, start=""):
        raise SolveFailedError("out-of-memory", "The solve needed more memory than it may have.")


class PatientSolver:
    """Goes on until it is told to stop."""

    def __init__(self):
        self.started, self.ended = threading.Event(), threading.Event()

    def __call__(self, instance, params, heard, start=""):
        self.started.set()
        try:
            while True:
                heard(None)
                self.ended.wait(0.02)
        finally:
            self.ended.set()

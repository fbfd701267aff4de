"""G7: while another process holds the database, answers are quick refusals; afterwards everything works again."""

from __future__ import annotations

import sqlite3
import threading
import time

from service import create_app
from service.config import Settings
from tests.faults import house
from tests.faults.goal import Found, Run

LOCKED_SECONDS = 8.0
ANSWER_SECONDS = 2.0
RECOVERY_SECONDS = 5.0


def locked_database(run: Run) -> Found:
    """Hold the write lock and go on asking."""
    found, slowest, recovery, refused = Found(), 0.0, 0.0, 0
    for number in range(run.size):
        path = run.own("locks") / f"{number}.sqlite3"
        house.build(path)
        app = create_app(Settings(database=path), clock=house.Clock(), work=False)
        client = app.test_client()
        body = house.lines_of("acme", 7).model_dump(mode="json")
        holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        holder.execute("BEGIN IMMEDIATE")
        threading.Timer(LOCKED_SECONDS, lambda holder=holder: holder.execute("ROLLBACK")).start()
        began = time.monotonic()
        while time.monotonic() - began < LOCKED_SECONDS - ANSWER_SECONDS:
            asked = time.monotonic()
            write = client.put(f"/api/v1/rounds/{house.ROUND}/demands/acme", json=body, headers={"If-Match": "*"})
            slowest = max(slowest, time.monotonic() - asked)
            asked = time.monotonic()
            read = client.get(f"/api/v1/rounds/{house.ROUND}/demands/acme")
            slowest = max(slowest, time.monotonic() - asked)
            found.done += 2
            refused += write.status_code == 503
            if write.status_code != 503 or read.status_code not in (200, 503):
                found.misses.append(f"while locked: write {write.status_code}, read {read.status_code}")
        while time.monotonic() - began < LOCKED_SECONDS:
            time.sleep(0.01)
        free = time.monotonic()
        while client.put(f"/api/v1/rounds/{house.ROUND}/demands/acme", json=body, headers={"If-Match": "*"}).status_code >= 500:
            if time.monotonic() - free > RECOVERY_SECONDS:
                found.misses.append(f"no recovery within {RECOVERY_SECONDS:.0f} s")
                break
        recovery = max(recovery, time.monotonic() - free)
        holder.close()
        app.extensions["cohort_opt_jobs"].close()
        app.extensions["cohort_opt"].store.close()
        if wrong := house.broken(path):
            found.misses.append("; ".join(wrong))
    if slowest > ANSWER_SECONDS:
        found.misses.append(f"an answer took {slowest:.2f} s, allowed are {ANSWER_SECONDS:.0f} s")
    found.measured = f"{found.done} requests, {refused} refused with 503, slowest {slowest:.2f} s, recovery {recovery:.2f} s"
    return found

"""G8: a copy that is made while the service works holds everything that was acknowledged before it began, and can be put back."""

from __future__ import annotations

import threading
import time

from service.services import backups, rounds
from tests.faults import house
from tests.faults.goal import Found, Run

COPIES = 3
SUBMITS_BEFORE = 20
RESTORE_SECONDS = 60.0


def backups_under_load(run: Run) -> Found:
    """Copy the database while counts come in; put the copy back and look for what was acknowledged."""
    found, slowest, during = Found(), 0.0, 0
    for number in range(COPIES * run.size):
        folder = run.own(f"backup-{number}")
        path = folder / "service.sqlite3"
        house.build(path)
        context = house.open_house(path)
        for count in range(SUBMITS_BEFORE):
            rounds.submit_counts(context, house.COMPANY["acme"], house.ROUND, "acme", house.lines_of("acme", 1 + count % 9))
        acknowledged = rounds.get_counts(context, house.COMPANY["acme"], house.ROUND, "acme").version
        stop, more = threading.Event(), []

        def write(context=context, stop=stop, more=more) -> None:
            while not stop.is_set():
                rounds.submit_counts(context, house.COMPANY["bolt"], house.ROUND, "bolt", house.lines_of("bolt"))
                more.append(1)

        writer = threading.Thread(target=write)
        writer.start()
        time.sleep(0.2)
        copy = folder / "copy.sqlite3"
        backups.back_up(path, copy, context.settings, house.Clock())
        stop.set()
        writer.join()
        during += len(more)
        house.close(context)
        began = time.monotonic()
        restored = folder / "restored.sqlite3"
        backups.restore(copy, restored, context.settings, house.Clock())
        slowest = max(slowest, time.monotonic() - began)
        found.done += 1
        again = house.open_house(restored)
        kept = rounds.get_counts(again, house.COMPANY["acme"], house.ROUND, "acme").version
        house.close(again)
        if kept < acknowledged:
            found.misses.append(f"version {acknowledged} was acknowledged before the copy began, version {kept} is in it")
        if wrong := house.broken(restored):
            found.misses.append("; ".join(wrong))
    if slowest > RESTORE_SECONDS:
        found.misses.append(f"a restore took {slowest:.1f} s, allowed are {RESTORE_SECONDS:.0f} s")
    found.measured = f"{found.done} copies while {during} submits came in, slowest restore {slowest:.2f} s"
    return found

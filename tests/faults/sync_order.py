"""G2: no acknowledgement leaves before the sync of what it acknowledges."""

from __future__ import annotations

import re

from tests.faults import house, tracing
from tests.faults.goal import Found, Run

ANSWERS = 100
_CALL = re.compile(r"^\d+ +(pwrite64|fdatasync|write)\((\d+)<([^>]*)>")


def sync_order(run: Run) -> Found:
    """Read the order of calls of many submits in one process."""
    if why := tracing.absent():
        return Found(absent=why)
    folder, wanted = run.own("sync"), ANSWERS * run.size
    path = folder / "sync.sqlite3"
    house.build(path)
    log = folder / "order.txt"
    tracing.trace("submit", path, ["-y", "-o", str(log), "-e", "trace=pwrite64,fdatasync,write"], times=wanted)
    found, unsynced, written = Found(), 0, False
    for line in log.read_text().splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        call, _, file = match.groups()
        if call == "pwrite64" and file.endswith("-wal"):
            unsynced, written = unsynced + 1, True
        elif call == "fdatasync" and file.endswith("-wal"):
            unsynced = 0
        elif call == "write" and '"ACK\\n"' in line:
            found.done += 1
            if unsynced or not written:
                found.misses.append(f"answer {found.done} left with {unsynced} writes of the log not synced")
            written = False
    if found.done != wanted:
        found.misses.append(f"{wanted} answers were asked for, {found.done} seen")
    found.measured = f"{found.done} answers, each after the sync of its log: {found.done - len(found.misses)}"
    return found

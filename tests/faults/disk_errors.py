"""G3: a full or failing disk at the n-th write or sync, once and for good: refused, nothing half done, well again afterwards."""

from __future__ import annotations

from tests.faults import house, tracing
from tests.faults.goal import Found, Run
from tests.faults.kill_points import acts_and_ends, judge

CASES = 30


def disk_errors(run: Run) -> Found:
    """Let calls fail at points drawn from all of them."""
    if why := tracing.absent():
        return Found(absent=why)
    dice, found, refused = run.dice("G3"), Found(), 0
    acts = acts_and_ends(run, 0)
    acts.pop("migrate")
    points = [
        (act, call, number, error, lasting)
        for act, (_, calls, _, _) in acts.items()
        for call in ("pwrite64", "fdatasync")
        for number in range(1, calls[call] + 1)
        for error in ("ENOSPC", "EIO")
        for lasting in ("", "+")
    ]
    for act, call, number, error, lasting in dice.sample(points, min(len(points), CASES * run.size)):
        begin, _, before, after = acts[act]
        target = house.copy(begin, run.own("disk") / "disk.sqlite3")
        traced = tracing.trace(act, target, ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}{lasting}"])
        found.done += 1
        refused += any(line.startswith("REFUSED") for line in traced.said)
        fault = judge(act, target, before, after, "ACK" in traced.said)
        if not fault and not (traced.said and traced.said[-1].startswith(("ACK", "REFUSED"))):
            fault = f"no answer but {traced.said[-1] if traced.said else 'silence'}"
        if not fault and house.logical(target) == before:
            tracing.trace(act, target)
            fault = "" if house.logical(target) == after else "asked again with a healthy disk, it did not do its work"
        if fault:
            found.misses.append(f"{act}, {call} {number}{lasting} {error}: {fault}")
    found.measured = f"{found.done} failing calls, {refused} refused with 503, {len(found.misses)} misses"
    return found

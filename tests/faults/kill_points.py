"""G1 and G9: kill at the n-th write or sync; what was acknowledged is there, and nothing is half done."""

from __future__ import annotations

import time
from pathlib import Path

from tests.faults import house, tracing
from tests.faults.act import ACTS, BEFORE
from tests.faults.goal import Found, Run

POINTS = 60
CHAINS = 10


def acts_and_ends(run: Run, filler: int) -> dict[str, tuple[Path, dict[str, int], dict, dict]]:
    """Return for each act the database it begins with, its calls, and the content before and after it."""
    folder = run.own(f"acts-{filler}")
    house.small_plan()  # once, before anything is forked
    start = folder / "start.sqlite3"
    house.build(start, filler)
    empty = folder / "empty.sqlite3"
    empty.touch(mode=0o600)
    found = {}
    for act in ACTS:
        begin = empty if act == "migrate" else start
        for earlier in BEFORE.get(act, ()):
            begin = house.copy(begin, folder / f"{act}-{earlier}.sqlite3")
            tracing.trace(earlier, begin)
        target = house.copy(begin, folder / f"{act}.sqlite3")
        calls = tracing.count_calls(act, target, folder / "calls.txt")
        found[act] = (begin, calls, house.logical(begin), house.logical(target))
    return found


def kill_points(run: Run) -> Found:
    """Kill the acts at points drawn evenly from all of them."""
    if why := tracing.absent():
        return Found(absent=why)
    wanted, found, acknowledged, slowest = POINTS * run.size, Found(), 0, 0.0
    dice, fillers = run.dice("G1"), 0
    while found.done < wanted:
        acts = acts_and_ends(run, 40 * fillers)
        calls_of = {act: calls for act, (_, calls, _, _) in acts.items()}
        points = [(act, call, n) for act, calls in calls_of.items() for call, most in calls.items() for n in range(1, most + 1)]
        dice.shuffle(points)
        fillers += 1
        for act, call, number in points[: wanted - found.done]:
            began = time.monotonic()
            begin, _, before, after = acts[act]
            target = house.copy(begin, run.own("kill") / "point.sqlite3")
            traced = tracing.trace(act, target, ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"])
            found.done += 1
            acknowledged += "ACK" in traced.said
            fault = "" if traced.code == -9 else f"it was not killed but ended with {traced.code}"
            fault = fault or judge(act, target, before, after, "ACK" in traced.said)
            if not fault and house.logical(target) == before:
                tracing.trace(act, target)
                fault = "" if house.logical(target) == after else "asked again after the kill, it did not do its work"
            if fault:
                found.misses.append(f"{act} killed at {call} {number}, filler {40 * (fillers - 1)}: {fault}")
            slowest = max(slowest, time.monotonic() - began)
    found.measured = f"{found.done} points in {len(ACTS)} acts, {acknowledged} after the answer, slowest {slowest:.1f} s"
    return found


def judge(act: str, path: Path, before: dict, after: dict, acknowledged: bool) -> str:
    """Return what is wrong with a database after a fault; empty where nothing is."""
    if act == "migrate":
        now = house.logical(path)
        return "" if now in (before, after) and not (acknowledged and now != after) else "the tables are made by half"
    if wrong := house.broken(path):
        return "; ".join(wrong)
    now = house.logical(path)
    if now not in (before, after):
        changed = [name for name in now if now[name] != before[name] and now[name] != after[name]]
        return f"neither before nor after: {', '.join(changed) or 'some tables changed and others did not'}"
    return "it was acknowledged and is not there" if acknowledged and now != after else ""


def chains(run: Run) -> Found:
    """Kill an act, kill its repetition, kill that one's, and then let it be."""
    if why := tracing.absent():
        return Found(absent=why)
    dice, found = run.dice("G9"), Found()
    acts = acts_and_ends(run, 0)
    for _ in range(CHAINS * run.size):
        act = dice.choice([name for name in ACTS if name != "migrate"])
        begin, calls, before, after = acts[act]
        target = house.copy(begin, run.own("chain") / "chain.sqlite3")
        told, acknowledged = [], False
        for _ in range(3):
            call = dice.choice([name for name, most in calls.items() if most])
            number = dice.randint(1, calls[call])
            told.append(f"{call} {number}")
            if house.logical(target) == after:
                break  # the next repetition would be another act
            traced = tracing.trace(act, target, ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"])
            acknowledged = acknowledged or "ACK" in traced.said
        found.done += 1
        if fault := judge(act, target, before, after, acknowledged):
            found.misses.append(f"{act} killed at {', '.join(told)}: {fault}")
    found.measured = f"{found.done} chains of up to 3 kills, {len(found.misses)} misses"
    return found

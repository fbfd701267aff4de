"""Pools of rooms and instructors by the day: how many are there, how many classes want one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from cohort_opt.problem.records import InstructorPool, RoomPool
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.given import Given
from cohort_opt.verification.violation import Findings, Violation


def available(pool: RoomPool | InstructorPool, day: dt.date) -> int:
    """Return the count of the pool less its absences that cover the day, not below 0."""
    away = sum(absence.count for absence in pool.absences if absence.first <= day <= absence.last)
    return max(0, pool.count - away)


def judge_pools(
    rule: str, pools: Mapping[str, RoomPool | InstructorPool], given: Given, users: Iterable[tuple[str, PlannedClass]]
) -> Findings:
    """Yield once for each pool and day in use, in order of pool and day; a morning leaves the afternoon free.

    Parameters
    ----------
    rule
        Name of the rule that asks.
    pools
        The pools by id.
    given
        What is given, for the half days of patterns.
    users
        Pairs of a pool id and a class that uses one of the pool on each of its days.
    """
    wanted: dict[tuple[str, dt.date], list[PlannedClass]] = defaultdict(list)
    for pool_id, planned in users:
        for day in planned.dates:
            wanted[pool_id, day].append(planned)
    for (pool_id, day), classes in sorted(wanted.items()):
        pool = pools[pool_id]
        there = available(pool, day)
        halves = {half: [c.id for c in classes if half in given.halves(c.course, c.pattern)] for half in ("morning", "afternoon")}
        fullest = max(halves, key=lambda half: len(halves[half]))
        if len(halves[fullest]) <= there:
            yield None
            continue
        names = halves[fullest]
        when = f"{day}" if len(names) == len(classes) else f"{day} ({fullest})"
        shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
        subject = f"{type(pool).__name__}[{pool_id}] on {when}"
        message = f"{subject}: {len(names)} classes want one ({shown}), the pool has {there} of {pool.count} that day"
        yield Violation(rule, f"{pool_id}@{day}", message)

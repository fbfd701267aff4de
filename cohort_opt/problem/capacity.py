"""Rows that several runs share: rooms and instructors per day, and trainees of one company away on one day.

Days with the same runs and the same limit give one row; a row that can never bind is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.arcs import Arcs, RunTable
from cohort_opt.problem.compact import Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import InstructorPool, RoomPool
from cohort_opt.problem.runs import Run
from cohort_opt.problem.schedule import TeachingDays, capacity_on


def capacity_rows(instance: Instance, runs: Sequence[Run], table: RunTable, run_cap: Ints, days: TeachingDays) -> Rows:
    """Return `sum of classes <= rooms (instructors) of the pool on the day`, one row for each pool and distinct day."""
    pools: list[tuple[str, RoomPool | InstructorPool]] = [
        *(("room_capacity", room) for room in instance.rooms),
        *(("instructor_capacity", pool) for pool in instance.instructors),
    ]
    number = {(rule, pool.id): i for i, (rule, pool) in enumerate(pools)}
    owner = np.repeat(np.arange(len(runs), dtype=np.int64), table.num_days)
    room = np.array([number["room_capacity", run.room] for run in runs], dtype=np.int64)
    instructor = np.array([number["instructor_capacity", run.instructor] for run in runs], dtype=np.int64)
    pool_of_entry = np.concatenate([room[owner], instructor[owner]]) if len(runs) else np.zeros(0, dtype=np.int64)
    day = np.tile(table.day_index, 2)
    rows = _Builder(weight=run_cap)
    for (pool_index, day_index), entries in _grouped(pool_of_entry, day, np.tile(owner, 2)):
        rule, pool = pools[pool_index]
        date = days.ordered[day_index]
        rows.add(f"{rule}[{pool.id},{date.isoformat()}]", (pool_index, capacity_on(pool, date)), entries)
    return rows.done()


def absence_rows(instance: Instance, table: RunTable, arcs: Arcs, days: TeachingDays) -> Rows:
    """Return `sum of trainees of the company on classes that day <= max_away_per_day`, one row per distinct day."""
    index = {c.id: i for i, c in enumerate(instance.companies)}
    company_of = np.array([index[d.company] for d in instance.demands], dtype=np.int64)
    count = np.array([d.count for d in instance.demands], dtype=np.int64)
    limit = np.array([c.max_away_per_day or 0 for c in instance.companies], dtype=np.int64)
    asked = np.zeros(len(limit), dtype=np.int64)
    np.add.at(asked, company_of, count)
    bounded = (limit > 0) & (asked > limit)
    arc = np.nonzero(bounded[company_of[arcs.group]])[0].astype(np.int64) if len(company_of) else np.zeros(0, dtype=np.int64)
    repeats = table.num_days[arcs.run[arc]]
    entry_arc = np.repeat(arc, repeats)
    entry_day = _days_of(table, arcs.run[arc])
    rows = _Builder(weight=np.zeros(0, dtype=np.int64))
    for (company, day_index), entries in _grouped(company_of[arcs.group[entry_arc]], entry_day, entry_arc):
        groups = np.unique(arcs.group[entries])
        if int(count[groups].sum()) > int(limit[company]):
            name = f"company_absence[{instance.companies[company].id},{days.ordered[day_index].isoformat()}]"
            rows.add(name, (company, int(limit[company])), entries, may_bind=True)
    return rows.done()


def _days_of(table: RunTable, runs: Ints) -> Ints:
    """Return the day positions of these runs one after another; shape (sum of their numbers of days,)."""
    repeats = table.num_days[runs]
    total = int(repeats.sum())
    first = np.repeat(table.day_start[runs], repeats)
    offset = np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return np.asarray(table.day_index[first + offset], dtype=np.int64)


def _grouped(major: Ints, minor: Ints, value: Ints) -> list[tuple[tuple[int, int], Ints]]:
    """Return the values of each (major, minor) pair, pairs and values ascending."""
    if not len(major):
        return []
    order = np.lexsort((value, minor, major))
    major, minor, value = major[order], minor[order], value[order]
    cuts = np.nonzero((np.diff(major) != 0) | (np.diff(minor) != 0))[0] + 1
    starts = np.concatenate([np.zeros(1, dtype=np.int64), cuts])
    return [((int(major[s]), int(minor[s])), part) for s, part in zip(starts, np.split(value, cuts), strict=True)]


class _Builder:
    """Collects rows; the same entries under the same owner and limit are kept once."""

    def __init__(self, weight: Ints) -> None:
        self._weight = weight
        self._seen: set[tuple[tuple[int, int], bytes]] = set()
        self._names: list[str] = []
        self._limits: list[int] = []
        self._entries: list[Ints] = []

    def add(self, name: str, owner_and_limit: tuple[int, int], entries: Ints, may_bind: bool = False) -> None:
        limit = owner_and_limit[1]
        key = (owner_and_limit, entries.tobytes())
        if key in self._seen or not (may_bind or int(self._weight[entries].sum()) > limit):
            return
        self._seen.add(key)
        self._names.append(name)
        self._limits.append(limit)
        self._entries.append(entries)

    def done(self) -> Rows:
        if not self._names:
            return Rows.none()
        start = np.concatenate([[0], np.cumsum([len(entries) for entries in self._entries])]).astype(np.int64)
        index = np.concatenate(self._entries).astype(np.int64)
        return Rows(tuple(self._names), np.array(self._limits, dtype=np.int64), start, index, np.ones(len(index), dtype=np.int64))

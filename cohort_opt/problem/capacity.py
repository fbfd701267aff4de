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
from cohort_opt.problem.rows import RowBuilder, grouped
from cohort_opt.problem.run import Run
from cohort_opt.problem.schedule import TeachingDays, capacity_on, halves_of


def capacity_rows(instance: Instance, runs: Sequence[Run], table: RunTable, run_cap: Ints, days: TeachingDays) -> Rows:
    """Return `sum of classes <= rooms (instructors) of the pool on the day`, one row for each pool and distinct (half) day."""
    pools: list[tuple[str, RoomPool | InstructorPool]] = [
        *(("room_capacity", room) for room in instance.rooms),
        *(("instructor_capacity", pool) for pool in instance.instructors),
    ]
    number = {(rule, pool.id): i for i, (rule, pool) in enumerate(pools)}
    owner, half = _half_days(runs, table)
    room = np.array([number["room_capacity", run.room] for run in runs], dtype=np.int64)
    instructor = np.array([number["instructor_capacity", run.instructor] for run in runs], dtype=np.int64)
    pool_of_entry = np.concatenate([room[owner], instructor[owner]]) if len(runs) else np.zeros(0, dtype=np.int64)
    rows = RowBuilder(weight=run_cap)
    whole = all(run.part == "day" for run in runs)
    for (pool_index, half_day), entries in grouped(pool_of_entry, np.tile(half, 2), np.tile(owner, 2)):
        rule, pool = pools[pool_index]
        date = days.ordered[half_day // 2]
        key = f"{pool.id},{date.isoformat()}" + ("" if whole else (",morning", ",afternoon")[half_day % 2])
        rows.add(f"{rule}[{key}]", (pool_index, capacity_on(pool, date)), entries)
    return rows.done()


def _half_days(runs: Sequence[Run], table: RunTable) -> tuple[Ints, Ints]:
    """Return (run, half day) for each half day that a run takes; half day = 2 * day, + 1 in the afternoon.

    Where all runs take whole days their mornings say it all.
    """
    owner = np.repeat(np.arange(len(runs), dtype=np.int64), table.num_days)
    morning = np.array([0 in halves_of(run.part) for run in runs], dtype=np.bool_)[owner]
    afternoon = np.array([1 in halves_of(run.part) for run in runs], dtype=np.bool_)[owner]
    if all(run.part == "day" for run in runs):
        return owner, 2 * table.day_index
    half = np.concatenate([2 * table.day_index[morning], 2 * table.day_index[afternoon] + 1])
    return np.concatenate([owner[morning], owner[afternoon]]), half


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
    entry_day = table.days_of(arcs.run[arc])
    rows = RowBuilder(weight=np.zeros(0, dtype=np.int64))
    for (company, day_index), entries in grouped(company_of[arcs.group[entry_arc]], entry_day, entry_arc):
        groups = np.unique(arcs.group[entries])
        if int(count[groups].sum()) > int(limit[company]):
            name = f"company_absence[{instance.companies[company].id},{days.ordered[day_index].isoformat()}]"
            rows.add(name, (company, int(limit[company])), entries, may_bind=True)
    return rows.done()

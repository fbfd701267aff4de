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
    rows = RowBuilder(weight=run_cap)
    for (pool_index, day_index), entries in grouped(pool_of_entry, day, np.tile(owner, 2)):
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
    entry_day = table.days_of(arcs.run[arc])
    rows = RowBuilder(weight=np.zeros(0, dtype=np.int64))
    for (company, day_index), entries in grouped(company_of[arcs.group[entry_arc]], entry_day, entry_arc):
        groups = np.unique(arcs.group[entries])
        if int(count[groups].sum()) > int(limit[company]):
            name = f"company_absence[{instance.companies[company].id},{days.ordered[day_index].isoformat()}]"
            rows.add(name, (company, int(limit[company])), entries, may_bind=True)
    return rows.done()

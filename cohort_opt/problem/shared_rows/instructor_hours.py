"""Instructor hours: the classes of a pool together teach at most so many days in a week.

sum over runs r of the pool of days[r, week] * y[r] <= count[pool] * max_days_per_week[pool]        for every pool and week

Where a run of the pool takes half days both sides count in half days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.compact import Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rows import RowBuilder
from cohort_opt.problem.run import Run
from cohort_opt.problem.run_rules.instructor_hours import RULE, applies
from cohort_opt.problem.schedule import halves_of, monday_of

__all__ = ["RULE", "applies", "rows"]


def rows(instance: Instance, runs: Sequence[Run], run_cap: Ints) -> Rows:
    """Return one row for each pool with a limit and each week in which the runs could exceed it."""
    built = RowBuilder(weight=run_cap)
    for number, pool in enumerate(instance.instructors):
        if pool.max_days_per_week is None:
            continue
        taught = [(r, run) for r, run in enumerate(runs) if run.instructor == pool.id]
        unit = 1 if all(run.part == "day" for _, run in taught) else 2
        use: Counter[tuple[str, int]] = Counter()
        for r, run in taught:
            for day in run.dates:
                use[monday_of(day).isoformat(), r] += len(halves_of(run.part)) * unit // 2
        for week in sorted({week for week, _ in use}):
            own = np.array(sorted(r for found, r in use if found == week), dtype=np.int64)
            days = np.array([use[week, int(r)] for r in own], dtype=np.int64)
            built.add(f"{RULE}[{pool.id},{week}]", (number, unit * pool.count * pool.max_days_per_week), own, use=days)
    return built.done()

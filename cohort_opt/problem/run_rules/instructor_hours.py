"""Instructor hours: one class alone needs no more days in a week than the pool may teach; several together see `weekly_hours`."""

from __future__ import annotations

from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Pattern
from cohort_opt.problem.run import Facts, Run
from cohort_opt.problem.run_rules.side import AcademySide
from cohort_opt.problem.schedule import halves_of, monday_of

RULE = "instructor_hours"


def applies(instance: Instance) -> bool:
    """Return whether a pool has such a limit."""
    return any(pool.max_days_per_week is not None for pool in instance.instructors)


def clash(side: AcademySide, run: Run, pattern: Pattern) -> Facts | None:
    """Return the first week with more class days than the whole pool may teach."""
    pool = side.instructors[run.instructor]
    if pool.max_days_per_week is None:
        return None
    most, share = pool.count * pool.max_days_per_week, len(halves_of(run.part))
    for week, days in Counter(monday_of(day) for day in run.dates).items():
        if days * share > 2 * most:
            taken: int | str = days if share == 2 else f"{days * share / 2:g}"
            return {"pool": pool.id, "week_of": week.isoformat(), "class_days": taken, "max_days": most}
    return None

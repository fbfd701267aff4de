"""Instructor hours: the classes of a pool take no more days of one week than its instructors may teach.

sum over classes of the pool of their days in the week <= count[pool] * max_days_per_week[pool]        for every pool and week

A morning or an afternoon counts as half a day.
"""

import datetime as dt
from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "instructor_hours"


def applies(instance: Instance) -> bool:
    """Whether a pool has such a limit."""
    return any(pool.max_days_per_week is not None for pool in instance.instructors)


def check(case: Case) -> Findings:
    """Yield once for each pool with a limit and each week in which it teaches."""
    taught: Counter[tuple[str, dt.date]] = Counter()
    for planned in case.solution.classes:
        if case.given.instructors[planned.instructor].max_days_per_week is not None:
            halves = len(case.given.halves(planned.course, planned.pattern))
            for day in planned.dates:
                taught[planned.instructor, day - dt.timedelta(days=day.weekday())] += halves
    for (pool_id, week), half_days in sorted(taught.items()):
        pool = case.given.instructors[pool_id]
        most = pool.count * (pool.max_days_per_week or 0)
        if half_days <= 2 * most:
            yield None
            continue
        message = (
            f"InstructorPool[{pool_id}] in the week of {week}: {half_days / 2:g} class days, {pool.count} instructors may teach "
            f"{pool.max_days_per_week} each"
        )
        yield Violation(RULE, f"{pool_id}@{week}", message)

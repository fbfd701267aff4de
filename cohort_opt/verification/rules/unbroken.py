"""Unbroken: a block that nothing may interrupt takes every Monday to Friday from its first to its last day.

number of dates = number of Mondays to Fridays in dates[0]..dates[-1]        for every class of an unbroken block
"""

import datetime as dt

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Block
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "unbroken"


def applies(instance: Instance) -> bool:
    """Whether a course has such a block."""
    return any(isinstance(p, Block) and p.unbroken for course in instance.courses for p in course.patterns)


def check(case: Case) -> Findings:
    """Yield once for each class of such a block."""
    unbroken = {
        (course.id, pattern.id)
        for course in case.instance.courses
        for pattern in course.patterns
        if isinstance(pattern, Block) and pattern.unbroken
    }
    for planned in case.solution.classes:
        if (planned.course, planned.pattern) not in unbroken:
            continue
        span = range((planned.dates[-1] - planned.dates[0]).days + 1)
        days = [planned.dates[0] + dt.timedelta(days=i) for i in span]
        missing = next((day for day in days if day.weekday() < 5 and day not in set(planned.dates)), None)
        if missing is None:
            yield None
            continue
        yield Violation(RULE, planned.id, f"Class[{planned.id}]: no class on {missing} interrupts a block that must be unbroken")

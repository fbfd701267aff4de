"""Unbroken block: no closed Monday to Friday lies between the first and the last day of the class."""

from __future__ import annotations

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Block, Pattern
from cohort_opt.problem.run import Facts, Run
from cohort_opt.problem.run_rules.side import AcademySide
from cohort_opt.problem.schedule import ONE_DAY

RULE = "unbroken"


def applies(instance: Instance) -> bool:
    """Return whether a course has a block that nothing may interrupt."""
    return any(isinstance(p, Block) and p.unbroken for course in instance.courses for p in course.patterns)


def clash(side: AcademySide, run: Run, pattern: Pattern) -> Facts | None:
    """Return the first closed day inside the block."""
    if not isinstance(pattern, Block) or not pattern.unbroken:
        return None
    day = run.start
    while day < run.dates[-1]:
        day += ONE_DAY
        if day.weekday() < 5 and day in side.days.closed_by_day:
            return {"date": day.isoformat(), "closure": side.days.closed_by_day[day]}
    return None

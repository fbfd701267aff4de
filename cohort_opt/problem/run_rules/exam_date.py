"""Exam date: the class ends before an exam of its course, and not too long before it."""

from __future__ import annotations

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Pattern
from cohort_opt.problem.run import Facts, Run
from cohort_opt.problem.run_rules.side import AcademySide

RULE = "exam_date"


def applies(instance: Instance) -> bool:
    """Return whether a course has exams."""
    return any(course.exam_dates for course in instance.courses)


def clash(side: AcademySide, run: Run, pattern: Pattern) -> Facts | None:
    """Return the next exam after the class, and how many days it comes too late; there may be none at all."""
    course = side.courses[run.course]
    if not course.exam_dates:
        return None
    end = run.dates[-1]
    following = next((day for day in course.exam_dates if day > end), None)
    if following is not None and (following - end).days <= course.exam_within_days:
        return None
    return {
        "last_day": end.isoformat(),
        "next_exam": "none" if following is None else following.isoformat(),
        "exam_within_days": course.exam_within_days,
    }

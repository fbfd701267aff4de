"""Exam date: a class ends before an exam of its course and not too many days before it.

0 < e - dates[-1] <= exam_within_days[course] for an e in exam_dates[course]        for every class of a course with exams
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "exam_date"


def applies(instance: Instance) -> bool:
    """Whether a course has exams."""
    return any(course.exam_dates for course in instance.courses)


def check(case: Case) -> Findings:
    """Yield once for each class of a course with exams."""
    for planned in case.solution.classes:
        course = case.given.courses[planned.course]
        if not course.exam_dates:
            continue
        gaps = [(exam - planned.dates[-1]).days for exam in course.exam_dates]
        if any(0 < gap <= course.exam_within_days for gap in gaps):
            yield None
            continue
        shown = ", ".join(str(exam) for exam in course.exam_dates[:5])
        message = (
            f"Class[{planned.id}]: it ends on {planned.dates[-1]}, no exam of Course[{course.id}] ({shown}) follows within "
            f"{course.exam_within_days} days"
        )
        yield Violation(RULE, planned.id, message)

"""Instructor qualification: whoever teaches a class may teach its course.

course in courses[pool] or courses[pool] is empty        for every class
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "instructor_qualification"


def applies(instance: Instance) -> bool:
    """Whether a pool may teach only some courses."""
    return any(pool.courses for pool in instance.instructors)


def check(case: Case) -> Findings:
    """Yield once for each class of a pool that may not teach everything."""
    for planned in case.solution.classes:
        pool = case.given.instructors[planned.instructor]
        if not pool.courses:
            continue
        if planned.course in pool.courses:
            yield None
            continue
        message = f"Class[{planned.id}]: InstructorPool[{pool.id}] may teach {', '.join(pool.courses)}, not {planned.course}"
        yield Violation(RULE, planned.id, message)

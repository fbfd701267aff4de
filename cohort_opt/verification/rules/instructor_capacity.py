"""Instructor capacity: on no day do more classes need an instructor of a pool than the pool has that day.

number of classes of the pool that teach in a half of the day <= max(0, count[pool] - absences[pool, day])   for each
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.pool_use import judge_pools
from cohort_opt.verification.violation import Findings

RULE = "instructor_capacity"


def applies(instance: Instance) -> bool:
    """Every class needs an instructor."""
    return True


def check(case: Case) -> Findings:
    """Yield once for each pool and day in use."""
    yield from judge_pools(
        RULE, case.given.instructors, case.given, ((planned.instructor, planned) for planned in case.solution.classes)
    )

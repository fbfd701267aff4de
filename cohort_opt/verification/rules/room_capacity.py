"""Room capacity: on no day do more classes use a pool of rooms than the pool has rooms that day.

number of classes in the pool that teach in a half of the day <= max(0, count[pool] - absences[pool, day])   for each
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.pool_use import judge_pools
from cohort_opt.verification.violation import Findings

RULE = "room_capacity"


def applies(instance: Instance) -> bool:
    """Every class uses a room."""
    return True


def check(case: Case) -> Findings:
    """Yield once for each pool and day in use."""
    users = ((planned.room, planned) for planned in case.solution.classes)
    yield from judge_pools(RULE, case.given.rooms, case.given, users)

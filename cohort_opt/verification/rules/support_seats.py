"""Support seats: trainees and the support that comes with their lines together find a seat in each class.

size + sum over lines in the class of support_seats <= floor(100 * min(max_seats[course], seats[room]) / show_percent[course])

Where more are seated than there are seats because some will not come, support counts as they do.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "support_seats"


def applies(instance: Instance) -> bool:
    """Whether the support of any line takes a seat."""
    return any(demand.support_seats for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each class."""
    rooms = {room.id: room.seats for room in case.instance.rooms}
    for planned in case.solution.classes:
        lines = {member.demand for member in planned.members if member.count}
        taken = planned.size + sum(case.given.demands[line].support_seats for line in lines)
        course = case.given.courses[planned.course]
        most = 100 * min(course.max_seats, rooms[planned.room]) // course.show_percent
        message = f"Class[{planned.id}]: trainees and support take {taken} seats, there are {most}"
        yield None if taken <= most else Violation(RULE, planned.id, message)

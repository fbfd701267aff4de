"""Support seats: trainees and the support that comes with their lines together find a seat in each class.

size + sum over lines in the class of support_seats <= min(max_seats[course], seats[room])
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
        most = min(case.given.courses[planned.course].max_seats, rooms[planned.room])
        message = f"Class[{planned.id}]: trainees and support take {taken} seats, there are {most}"
        yield None if taken <= most else Violation(RULE, planned.id, message)

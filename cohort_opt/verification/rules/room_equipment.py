"""Room equipment: the room of a class has all that its course needs.

needs_equipment[course] is a subset of equipment[room]:  no e in needs_equipment[course] is missing        for every class
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "room_equipment"


def applies(instance: Instance) -> bool:
    """Whether a course needs any."""
    return any(course.needs_equipment for course in instance.courses)


def check(case: Case) -> Findings:
    """Yield once for each class of a course that needs any."""
    for planned in case.solution.classes:
        needed, room = case.given.courses[planned.course].needs_equipment, case.given.rooms[planned.room]
        if not needed:
            continue
        missing = [item for item in needed if item not in room.equipment]
        if not missing:
            yield None
            continue
        message = f"Class[{planned.id}]: Course[{planned.course}] needs {', '.join(missing)}, RoomPool[{room.id}] has none"
        yield Violation(RULE, planned.id, message)

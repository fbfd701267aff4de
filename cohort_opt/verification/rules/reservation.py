"""Reserved seats: until the day that is named, nobody else takes the seats that a class keeps for a company.

sum over the reserving companies c of max(reserved[c], seats[c]) + seats of all others <= most accepted        for every class

A reservation stands as long as planning_date <= until, and always where no planning date is given.
"""

from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Reservation
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "reservation"


def applies(instance: Instance) -> bool:
    """Whether an offering keeps seats."""
    return any(offering.reserved for offering in instance.offerings)


def check(case: Case) -> Findings:
    """Yield once for each class with a reservation that stands."""
    for planned in case.solution.classes:
        held = {row.company: row.seats for row in _standing(case, planned)}
        if not held:
            continue
        seats: Counter[str] = Counter()
        for member in planned.members:
            seats[case.given.demands[member.demand].company] += member.count
        kept = sum(max(0, wanted - seats[company]) for company, wanted in held.items())
        course, room = case.given.courses[planned.course], case.given.rooms[planned.room]
        most = 100 * min(course.max_seats, room.seats) // course.show_percent
        message = (
            f"Class[{planned.id}]: {planned.size} trainees and {kept} seats that are kept for "
            f"{', '.join(f'Company[{company}]' for company in sorted(held))} make more than its {most} seats"
        )
        yield None if planned.size + kept <= most else Violation(RULE, planned.id, message)


def _standing(case: Case, planned: PlannedClass) -> list[Reservation]:
    today = case.instance.planning_date
    return [row for row in case.given.offerings[planned.offering].reserved if today is None or today <= row.until]

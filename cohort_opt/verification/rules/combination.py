"""Combination classes: of each course that sits in the classes of an offering, no class holds more than that course may have.

trainees of course c in the class <= max_seats[c]       for every course that the offering combines, and every class
trainees of its own course        <= own_max_seats      where the offering says so
"""

from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "combination"


def applies(instance: Instance) -> bool:
    """Whether an offering combines courses or limits its own."""
    return any(offering.combines or offering.own_max_seats is not None for offering in instance.offerings)


def check(case: Case) -> Findings:
    """Yield once for each class and each course with a limit in it."""
    for planned in case.solution.classes:
        offering = case.given.offerings[planned.offering]
        most = {other.course: other.max_seats for other in offering.combines}
        if offering.own_max_seats is not None:
            most[offering.course] = offering.own_max_seats
        seats: Counter[str] = Counter()
        for member in planned.members:
            seats[case.given.demands[member.demand].course] += member.count
        for course, limit in most.items():
            message = f"Class[{planned.id}]: {seats[course]} trainees of Course[{course}], Offering[{offering.id}] takes {limit}"
            yield None if seats[course] <= limit else Violation(RULE, f"{planned.id},{course}", message)

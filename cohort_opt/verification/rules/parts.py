"""Parts: a company keeps its people together, or in parts of at least so many.

together[d]:   all count[d] of the line sit in one class, or none of them has a seat
else:          seats[d, class] = 0 or seats[d, class] >= min_part[d]        for every class
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "parts"


def applies(instance: Instance) -> bool:
    """Whether a line stays together or has a smallest part above 1."""
    return any(demand.together or demand.min_part > 1 for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each line that stays together, and for each part of a line with a smallest part."""
    for demand in case.instance.demands:
        parts = case.seats_by_demand.get(demand.id, [])
        if demand.together:
            yield _together(demand, parts)
        elif demand.min_part > 1:
            for planned, count in parts:
                yield _part(demand, planned, count)


def _together(demand: Demand, parts: list[tuple[PlannedClass, int]]) -> Violation | None:
    seats = sum(count for _, count in parts)
    if not parts or (len(parts) == 1 and seats >= demand.count):
        return None
    shown = ", ".join(f"{count} in Class[{planned.id}]" for planned, count in parts[:5])
    message = f"Demand[{demand.id}]: {shown}, but all {demand.count} stay together in one class or without a seat"
    return Violation(RULE, demand.id, message)


def _part(demand: Demand, planned: PlannedClass, count: int) -> Violation | None:
    if count >= demand.min_part:
        return None
    message = f"Class[{planned.id}]: {count} trainees of Demand[{demand.id}], below its smallest part {demand.min_part}"
    return Violation(RULE, f"{planned.id},{demand.id}", message)

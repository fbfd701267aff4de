"""Firm minimum: the minimum of a class is met by firm lines and agreed seats alone, so that it holds even if nobody else comes.

firm trainees in the class + sum over other lines of min(seats there, agreed seats there) >= min_seats        for every class

Seats of a line that is agreed in part count where its offering opens one class at a time, those of the eight lines with the most;
a line that is agreed as a whole counts like a firm one. Published seats are not agreed yet.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "firm_minimum"
COUNTED_IN_PART = 8


def applies(instance: Instance) -> bool:
    """Whether a line is less than firm."""
    return any(demand.certainty != "firm" for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each class."""
    agreed = {(held.demand, held.run): held.count for held in case.instance.commitments if held.state in ("agreed", "started")}
    for planned in case.solution.classes:
        firm = _sure(case, planned, agreed)
        least = case.given.courses[planned.course].min_seats
        message = f"Class[{planned.id}]: {firm} of its {planned.size} trainees are firm or agreed, its minimum is {least}"
        yield None if firm >= least else Violation(RULE, planned.id, message)


def _sure(case: Case, planned: PlannedClass, agreed: dict[tuple[str, str], int]) -> int:
    """Return how many of the class are sure to come."""
    several = case.given.offerings[planned.offering].max_parallel > 1
    total = 0
    for member in planned.members:
        line = case.given.demands[member.demand]
        if line.certainty == "firm" or agreed.get((line.id, planned.run), 0) >= line.count:
            total += member.count
    if several:
        return total
    # Who is agreed in part: of all lines that may count in this run, seated or not, those with the most agreed seats.
    part = sorted(
        (-count, line)
        for (line, run), count in agreed.items()
        if run == planned.run and case.given.demands[line].certainty != "firm" and count < case.given.demands[line].count
    )
    seated = {member.demand: member.count for member in planned.members}
    return total + sum(min(-count, seated.get(line, 0)) for count, line in part[:COUNTED_IN_PART])

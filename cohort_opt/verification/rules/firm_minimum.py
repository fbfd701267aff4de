"""Firm minimum: the minimum of a class is met by firm lines alone, so that it holds even if nobody else comes.

trainees of firm lines in the class >= min_seats        for every class, where any line is less than firm
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "firm_minimum"


def applies(instance: Instance) -> bool:
    """Whether a line is less than firm."""
    return any(demand.certainty != "firm" for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each class."""
    for planned in case.solution.classes:
        certainty = {member.demand: case.given.demands[member.demand].certainty for member in planned.members}
        firm = sum(member.count for member in planned.members if certainty[member.demand] == "firm")
        least = case.given.courses[planned.course].min_seats
        message = f"Class[{planned.id}]: {firm} of its {planned.size} trainees are firm, its minimum is {least}"
        yield None if firm >= least else Violation(RULE, planned.id, message)

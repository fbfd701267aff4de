"""Side by side: a class that holds any of one line of a pair holds some of the other.

d in class = e in class        for every pair (d, e) and every class
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "side_by_side"


def applies(instance: Instance) -> bool:
    """Whether a pair sits side by side."""
    return bool(instance.side_by_side)


def check(case: Case) -> Findings:
    """Yield once for each class and pair."""
    for planned in case.solution.classes:
        lines = {member.demand for member in planned.members}
        for pair in case.instance.side_by_side:
            here = [line for line in (pair.first, pair.second) if line in lines]
            missing = pair.second if here == [pair.first] else pair.first
            message = f"Class[{planned.id}]: Demand[{'; '.join(here)}] sits there without Demand[{missing}] at its side"
            yield Violation(RULE, f"{planned.id},{pair.first},{pair.second}", message) if len(here) == 1 else None

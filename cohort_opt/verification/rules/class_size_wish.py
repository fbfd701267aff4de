"""Class size wish: a line that comes only if at least so many come sits in no smaller class.

size >= min_class_size[d]        for every class that holds any of line d
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "class_size_wish"


def applies(instance: Instance) -> bool:
    """Whether a line has such a wish."""
    return any(demand.min_class_size is not None for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership of a line with a wish."""
    for planned, demand, count in case.seated:
        if demand.min_class_size is None:
            continue
        if planned.size >= demand.min_class_size:
            yield None
            continue
        message = (
            f"Class[{planned.id}]: {planned.size} trainees, but the {count} of Demand[{demand.id}] come only if at least "
            f"{demand.min_class_size} do"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

"""Start window: a class starts between the earliest and the latest start of each of its lines.

earliest_start[d] <= start <= latest_start[d]        for every class that holds any of line d
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "start_window"


def applies(instance: Instance) -> bool:
    """Whether anybody asked for a seat; every line has a window."""
    return bool(instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership."""
    for planned, demand, count in case.seated:
        if planned.start < demand.earliest_start:
            why = f"before the earliest start {demand.earliest_start}"
        elif planned.start > demand.latest_start:
            why = f"after the latest start {demand.latest_start}"
        else:
            yield None
            continue
        message = f"Class[{planned.id}]: it starts on {planned.start}, {why} of Demand[{demand.id}] ({count} trainees)"
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

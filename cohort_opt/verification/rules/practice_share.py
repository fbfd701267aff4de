"""Practice share: the course has at least the share of practice that the line asks for.

practice_percent[course] >= min_practice_percent[d]        for every class that holds any of line d; not told counts as 0
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "practice_share"


def applies(instance: Instance) -> bool:
    """Whether a line asks for practice."""
    return any(demand.min_practice_percent is not None for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership of a line that asks for practice."""
    for planned, demand, _ in case.seated:
        if demand.min_practice_percent is None:
            continue
        share = case.given.courses[planned.course].practice_percent
        if (share or 0) >= demand.min_practice_percent:
            yield None
            continue
        told = "no share of practice" if share is None else f"{share} % practice"
        message = (
            f"Class[{planned.id}]: Course[{planned.course}] has {told}, Demand[{demand.id}] asks for "
            f"{demand.min_practice_percent} %"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

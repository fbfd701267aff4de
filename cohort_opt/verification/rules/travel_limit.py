"""Travel limit: nobody travels further than the demand line accepts.

    km(company, site) <= max_travel_km[d]        for every class that holds any of line d

A given distance replaces the estimate (see `journey`).
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "travel_limit"


def applies(instance: Instance) -> bool:
    """Whether anybody asked for a seat; every line has a limit."""
    return bool(instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership."""
    for planned, demand, count in case.seated:
        km = case.given.travel_km(demand.company, planned.site)
        if km <= demand.max_travel_km:
            yield None
            continue
        message = (
            f"Class[{planned.id}]: {km} km from Company[{demand.company}] to Site[{planned.site}] for {count} trainees of "
            f"Demand[{demand.id}], above its limit of {demand.max_travel_km} km"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

"""Travel limit: nobody travels further every day than the demand line accepts.

    km(start of d, site) <= max_travel_km[d]        for every class that holds any of line d, unless d stays there (`boarding`)

Trainees start at their company or in the area that the line names. A given distance replaces the estimate (see `journey`).
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
        km = case.given.line_km(demand, planned.site)
        if km <= demand.max_travel_km or case.given.stays(demand, planned.site):
            yield None
            continue
        start = f"Company[{demand.company}]" if demand.area is None else f"Area[{demand.area}]"
        message = (
            f"Class[{planned.id}]: {km} km from {start} to Site[{planned.site}] for {count} trainees of "
            f"Demand[{demand.id}], above its limit of {demand.max_travel_km} km"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

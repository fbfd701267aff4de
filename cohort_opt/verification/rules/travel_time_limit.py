"""Travel time limit: nobody travels longer every day than the demand line accepts.

    minutes(start of d, site) <= max_travel_minutes[d]      for every class that holds any of d, unless d stays there (`boarding`)

Where the minutes are not given they are `km * 60 / speed_km_per_hour`, rounded up.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "travel_time_limit"


def applies(instance: Instance) -> bool:
    """Whether a line has such a limit."""
    return any(demand.max_travel_minutes is not None for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership of a line with a limit."""
    for planned, demand, count in case.seated:
        if demand.max_travel_minutes is None:
            continue
        minutes = case.given.line_minutes(demand, planned.site)
        if minutes <= demand.max_travel_minutes or case.given.stays(demand, planned.site):
            yield None
            continue
        message = (
            f"Class[{planned.id}]: {minutes} minutes to Site[{planned.site}] for {count} trainees of Demand[{demand.id}], above "
            f"its limit of {demand.max_travel_minutes} minutes"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

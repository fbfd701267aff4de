"""Company closed days: no class teaches on a day on which one of its companies lets nobody go.

day not in closed[company of d]        for every day of every class that holds any of line d
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "company_closed_days"


def applies(instance: Instance) -> bool:
    """Whether a company has closed days."""
    return any(company.closed for company in instance.companies)


def check(case: Case) -> Findings:
    """Yield once for each membership of a company that has closed days."""
    for planned, demand, count in case.seated:
        closed = case.given.company_closed.get(demand.company)
        if closed is None:
            continue
        day = next((day for day in planned.dates if day in closed), None)
        if day is None:
            yield None
            continue
        message = (
            f"Class[{planned.id}]: it teaches on {day}, when Company[{demand.company}] is closed ({closed.name(day)}) and "
            f"Demand[{demand.id}] has {count} trainees in it"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

"""Weekdays: every day of a class falls on a weekday that each of its lines accepts.

weekday(day) in weekdays[d]        for every day of every class that holds any of line d
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation
from cohort_opt.verification.weekday_names import weekday_name

RULE = "weekdays"

WORKING_WEEK = 5


def applies(instance: Instance) -> bool:
    """Whether a line excludes any day of the working week."""
    return any(len(demand.weekdays) < WORKING_WEEK for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership of a line that excludes days; a weekend is the business of the calendar."""
    accepted = {
        demand.id: {day.number for day in demand.weekdays}
        for demand in case.instance.demands
        if len(demand.weekdays) < WORKING_WEEK
    }
    for planned, demand, count in case.seated:
        if demand.id not in accepted:
            continue
        wrong = [day for day in planned.dates if day.weekday() < WORKING_WEEK and day.weekday() not in accepted[demand.id]]
        if not wrong:
            yield None
            continue
        message = (
            f"Class[{planned.id}]: it teaches on {weekday_name(wrong[0])} {wrong[0]}, Demand[{demand.id}] ({count} trainees) "
            f"accepts only {', '.join(day.value for day in demand.weekdays)}"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

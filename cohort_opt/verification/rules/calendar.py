"""Calendar: every teaching day lies inside the horizon, from Monday to Friday, and is no closed day.

calendar.start <= day <= calendar.end,  day is Monday to Friday,  day not in calendar.closed     for every day of every class
"""

import datetime as dt

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.teaching_days import SATURDAY
from cohort_opt.verification.violation import Findings, Violation
from cohort_opt.verification.weekday_names import weekday_name

RULE = "calendar"


def applies(instance: Instance) -> bool:
    """Every instance has a calendar."""
    return True


def check(case: Case) -> Findings:
    """Yield once for each teaching day of each class."""
    faults: dict[dt.date, str] = {}
    for planned in case.solution.classes:
        for day in planned.dates:
            if day not in faults:
                faults[day] = _fault(case, day)
            if faults[day]:
                yield Violation(RULE, f"{planned.id}@{day}", f"Class[{planned.id}]: it teaches on {day}, {faults[day]}")
            else:
                yield None


def _fault(case: Case, day: dt.date) -> str:
    calendar = case.instance.calendar
    if not calendar.start <= day <= calendar.end:
        return f"outside the calendar {calendar.start} to {calendar.end}"
    if day.weekday() >= SATURDAY:
        return f"a {weekday_name(day)}"
    if day in case.given.closed:
        return f"a closed day ({case.given.closed.name(day)})"
    return ""

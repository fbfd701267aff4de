"""Company absence week: at most so many trainees of one company are away on any day of one and the same week.

sum of seats[d, class] over lines d of the company and classes that teach in the week <= max_away_per_week[company]

A trainee counts once, however many days of the week the class takes. A week begins on Monday.
"""

import datetime as dt
from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "company_absence_week"


def applies(instance: Instance) -> bool:
    """Whether a company has such a limit."""
    return any(company.max_away_per_week is not None for company in instance.companies)


def check(case: Case) -> Findings:
    """Yield once for each company with a limit and each week in which any of its people are away."""
    limits = {c.id: c.max_away_per_week for c in case.instance.companies if c.max_away_per_week is not None}
    away: Counter[tuple[str, dt.date]] = Counter()
    for planned, demand, count in case.seated:
        if demand.company in limits:
            for week in {day - dt.timedelta(days=day.weekday()) for day in planned.dates}:
                away[demand.company, week] += count
    for (company, week), count in sorted(away.items()):
        if count <= limits[company]:
            yield None
            continue
        message = f"Company[{company}] in the week of {week}: {count} trainees away, above its limit of {limits[company]} a week"
        yield Violation(RULE, f"{company}@{week}", message)

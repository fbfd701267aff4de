"""Company absence: at most so many trainees of one company are away at classes on one and the same day.

sum of seats[d, class] over lines d of the company and classes that teach on the day <= max_away_per_day[company]
"""

import datetime as dt
from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "company_absence"


def applies(instance: Instance) -> bool:
    """Whether a company has such a limit."""
    return any(company.max_away_per_day is not None for company in instance.companies)


def check(case: Case) -> Findings:
    """Yield once for each company with a limit and each day on which any of its people are away."""
    away: Counter[tuple[str, dt.date]] = Counter()
    limits = {company.id: company.max_away_per_day for company in case.instance.companies if company.max_away_per_day is not None}
    for planned, demand, count in case.seated:
        if demand.company in limits:
            for day in planned.dates:
                away[demand.company, day] += count
    for (company, day), count in sorted(away.items()):
        if count <= limits[company]:
            yield None
            continue
        message = f"Company[{company}] on {day}: {count} trainees away, above its limit of {limits[company]} a day"
        yield Violation(RULE, f"{company}@{day}", message)

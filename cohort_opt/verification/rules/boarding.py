"""Boarding: no more trainees stay at a site in a week than it has beds.

    sum of seats[d, class] over lines d that stay and classes there that teach in the week <= beds[site]      for every site, week

A line stays where the daily journey is beyond its limits and it accepts boarding. A week begins on Monday.
"""

import datetime as dt
from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "boarding"


def applies(instance: Instance) -> bool:
    """Whether a line would stay anywhere."""
    return any(demand.accepts_boarding for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each site and week in which anybody stays there."""
    staying: Counter[tuple[str, dt.date]] = Counter()
    for planned, demand, count in case.seated:
        if case.given.stays(demand, planned.site):
            for week in {day - dt.timedelta(days=day.weekday()) for day in planned.dates}:
                staying[planned.site, week] += count
    for (site, week), count in sorted(staying.items()):
        beds = case.given.sites[site].beds
        if count <= beds:
            yield None
            continue
        message = f"Site[{site}] in the week of {week}: {count} trainees stay there, it has {beds} beds"
        yield Violation(RULE, f"{site}@{week}", message)

"""Buffer seats: in no week do more trainees who wait for their class keep busy in a workshop than it has buffer seats.

    sum of seats[d, class] over lines d that wait in the workshop and classes that start in a later week <= buffer_seats[site]

for every workshop and week from that of a line's earliest start on. A week begins on Monday; in the week in which the class
starts nobody waits. Those who find no seat at all stay where they are.
"""

import datetime as dt
from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "buffer_seats"
WEEK = dt.timedelta(weeks=1)


def applies(instance: Instance) -> bool:
    """Whether any line waits in a workshop."""
    return any(demand.buffer_site is not None for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each workshop and week in which anybody waits there."""
    waiting: Counter[tuple[str, dt.date]] = Counter()
    for planned, demand, count in case.seated:
        if demand.buffer_site is None:
            continue
        week = demand.earliest_start - dt.timedelta(days=demand.earliest_start.weekday())
        while week + WEEK <= planned.start:
            waiting[demand.buffer_site, week] += count
            week += WEEK
    for (site, week), count in sorted(waiting.items()):
        seats = case.given.sites[site].buffer_seats
        message = f"Site[{site}] in the week of {week}: {count} trainees wait there for their class, it has {seats} buffer seats"
        yield None if count <= seats else Violation(RULE, f"{site}@{week}", message)

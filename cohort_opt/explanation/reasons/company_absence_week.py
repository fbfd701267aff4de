"""Absence in a week: the open classes with room fall in weeks in which as many of the company are away as it allows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.schedule import monday_of
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if there are open classes with free seats, and all of them meet such a week."""
    company = case.company[case.demand(g).company]
    limit = company.max_away_per_week
    with_room = [planned for _, planned in case.open_classes(g) if case.free_seats(planned) > 0]
    if limit is None or not with_room:
        return
    away = _away(case, company.id)
    busy = [next((d for d in planned.dates if away[monday_of(d)] >= limit), None) for planned in with_room]
    if all(busy):
        week = min(monday_of(found) for found in busy if found is not None)
        yield say(
            "company_absence_week",
            "The company lets {max_away_per_week} go in one week, and that many are away already when a seat would be free, "
            "such as in the week of {week_of}.",
            max_away_per_week=limit, week_of=week.isoformat(),
        )  # fmt: skip


def _away(case: Case, company: str) -> Counter[dt.date]:
    """Return how many of the company are away in each week, by its Monday."""
    own = {demand.id for demand in case.instance.demands if demand.company == company}
    found: Counter[dt.date] = Counter()
    for planned in case.solution.classes:
        count = sum(member.count for member in planned.members if member.demand in own)
        for week in {monday_of(day) for day in planned.dates}:
            found[week] += count
    return found


KIND = ReasonKind(find, as_it_is)

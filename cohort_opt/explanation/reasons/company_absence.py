"""Absence: the open classes with room fall on days when as many of the company are away as it allows."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if there are open classes with free seats, and all of them meet such a day."""
    company = case.company[case.demand(g).company]
    limit = company.max_away_per_day
    with_room = [planned for _, planned in case.open_classes(g) if case.free_seats(planned) > 0]
    if limit is None or not with_room:
        return
    busy = [next((day for day in planned.dates if case.away[company.id, day] >= limit), None) for planned in with_room]
    if all(busy):
        day = min(found for found in busy if found is not None)
        yield say(
            "company_absence",
            "The company lets {max_away_per_day} go on one day, and that many are away already when a seat would "
            "be free, such as on {date}.",
            max_away_per_day=limit, date=day.isoformat(),
        )  # fmt: skip


KIND = ReasonKind(find, as_it_is)

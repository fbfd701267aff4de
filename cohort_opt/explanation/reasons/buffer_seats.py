"""Buffer seats: a class that the line could join starts later, and the workshop has no seat for those who would wait for it."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason for the first week that is full, where an open class with a free seat would need it."""
    site = case.demand(g).buffer_site
    with_room = {arc for arc, planned in case.open_classes(g) if case.free_seats(planned) > 0}
    if site is None or not with_room:
        return
    for i, name in enumerate(case.problem.absence.names):
        if name.startswith("buffer_seats[") and with_room & set(case.problem.absence.row(i)[0].tolist()):
            limit = int(case.problem.absence.limit[i])
            if case.seats_of_absence_row(i) >= limit:
                yield say(
                    "buffer_seats",
                    "Until its class starts somebody of the line would wait in {site}, where all {buffer_seats} buffer seats are "
                    "taken in the week of {week_of}.",
                    site=site, buffer_seats=limit, week_of=name.rstrip("]").rpartition(",")[2],
                )  # fmt: skip
                return


KIND = ReasonKind(find, planner_only)

"""Apart: the open classes with a free seat hold somebody that the line is kept apart from."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import seats_by_line, with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if there are open classes with free seats, and all of them hold a line that is kept apart."""
    others = {case.demand(h).id for pair in case.problem.apart.tolist() if g in pair for h in pair if h != g}
    met = [sorted(others & seats_by_line(planned).keys()) for _, planned in with_room(case, g)]
    if met and all(met):
        yield say(
            "apart",
            "Every open class with a free seat holds {other}, or another line that it is kept apart from.",
            other=met[0][0],
        )


KIND = ReasonKind(find, planner_only)

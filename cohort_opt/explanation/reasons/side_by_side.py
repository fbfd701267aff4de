"""Side by side: the line that must sit beside this one is not in the open classes with a free seat."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import seats_by_line, with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if a partner is in none of the open classes with free seats."""
    partners = {case.demand(h).id for pair in case.problem.side_by_side.tolist() if g in pair for h in pair if h != g}
    missing = [sorted(partners - seats_by_line(planned).keys()) for _, planned in with_room(case, g)]
    if missing and all(missing):
        yield say(
            "side_by_side",
            "It sits only beside {partner}, which is in none of the open classes with a free seat.",
            partner=missing[0][0],
        )


KIND = ReasonKind(find, planner_only)

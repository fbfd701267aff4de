"""Support seats: each open class with a free seat has none left for the trainee and the support that comes along."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import seats_by_line, with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if support, of the line or of those inside, takes the seats that every open class seems to have left."""
    classes = [planned for _, planned in with_room(case, g)]
    if classes and all(_left(case, g, planned) < 1 for planned in classes):
        yield say(
            "support_seats",
            "The open classes have no seat left beside those that support takes: at most {free} free, {support} for support.",
            free=max(case.free_seats(planned) for planned in classes), support=case.demand(g).support_seats,
        )  # fmt: skip


def _left(case: Case, g: int, planned: PlannedClass) -> int:
    """Return how many of the line could still join, once all support has its seats."""
    lines = {*seats_by_line(planned), case.demand(g).id}
    support = {demand.id: demand.support_seats for demand in case.instance.demands}
    return case.free_seats(planned) - sum(support[line] for line in lines)


KIND = ReasonKind(find, as_it_is)

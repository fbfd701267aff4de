"""Reservation: the free seats of the open classes are kept for another company."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import full_rows, with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if there are open classes with free seats, and all of these are kept for others."""
    classes = with_room(case, g)
    if classes and all(any(full_rows(case, "reservation", arc, planned)) for arc, planned in classes):
        free = min(case.free_seats(planned) for _, planned in classes)
        yield say(
            "reservation",
            "Every free seat of the open classes is kept for another company, such as {seats} in {class_id}.",
            seats=free, class_id=min(planned.id for _, planned in classes if case.free_seats(planned) == free),
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

"""Combination: the open classes with a free seat take no more trainees of the course."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import full_rows, with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if there are open classes with free seats, and all of them hold as many of the course as they may."""
    limits = [next(full_rows(case, "combination", arc, planned), None) for arc, planned in with_room(case, g)]
    if limits and all(limits):
        yield say(
            "combination",
            "The open classes with a free seat hold as many trainees of {course} as they take, such as {max_seats}.",
            course=case.course(g), max_seats=min(limit for _, limit in filter(None, limits)),
        )  # fmt: skip


KIND = ReasonKind(find, as_it_is)

"""Used up: on the days of every further class that would fit, all rooms or instructors are in use."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if every run within reach that could have a further class meets a pool that is used up."""
    runs = case.closed_runs(g)
    full = [case.full_pool(case.candidates.runs[r]) for r in runs]
    if not full or None in full:
        return
    pool, day, capacity = min(found for found in full if found is not None)
    yield say(
        "resource_full",
        "The {runs} further runs of {course} that would suit all meet a day on which rooms or instructors are "
        "used up: {pool} on {date}, "
        "{capacity} of {capacity}.",
        runs=len(runs), course=case.course(g), pool=pool, date=day.isoformat(), capacity=capacity,
    )  # fmt: skip


KIND = ReasonKind(find, as_it_is)

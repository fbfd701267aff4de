"""Used up: on the days of every further class that would fit, all rooms or instructors are in use."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if every further run within reach that those without a seat could fill meets a pool that is used up."""
    runs = [r for r in case.closed_runs(g) if case.waiting_for(r) >= int(case.problem.run_min[r])]
    full = [case.full_pool(case.candidates.runs[r]) for r in runs]
    if not full or None in full:
        return
    pool, day, capacity = min(found for found in full if found is not None)
    yield say(
        "resource_full",
        "Every further run of {course} that could be filled ({runs} in all) meets a day on which rooms or instructors are "
        "used up: {pool} on {date}, {capacity} of {capacity}.",
        course=case.course(g), runs=len(runs), pool=pool, date=day.isoformat(), capacity=capacity,
    )  # fmt: skip


KIND = ReasonKind(find, planner_only)

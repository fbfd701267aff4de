"""Too few left: those without a seat who could meet in one more class are fewer than its minimum."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if no further class within reach could be filled by those without a seat."""
    left = [(case.waiting_for(r) - int(case.problem.run_min[r]), r) for r in case.closed_runs(g)]
    if left and all(over < 0 for over, _ in left):
        over, r = max(left, key=lambda pair: (pair[0], -pair[1]))
        least = int(case.problem.run_min[r])
        yield say(
            "too_few_left",
            "Of those without a seat at most {waiting} could meet in one more class of {course}; it opens with "
            "{min_seats} or more.",
            waiting=over + least, course=case.course(g), min_seats=least,
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

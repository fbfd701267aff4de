"""Gap number: the trainees who could share classes are a number that no classes between minimum and maximum can hold.

With classes of 8 to 12, one class holds 8 to 12 and two hold 16 to 24: 13, 14 and 15 cannot all be placed, whatever the plan.
"""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if the whole circle of lines that could share a class with this one has a gap number of trainees."""
    circle = (case.circle == case.circle[g]).nonzero()[0]
    runs = {case.run_of(a) for a in case.arcs_of_group(g)}
    if not runs:
        return
    runs = {case.run_of(a) for other in circle for a in case.arcs_of_group(int(other))}
    total = int(case.problem.group_count[circle].sum())
    least = min(int(case.problem.run_min[r]) for r in runs)
    most = max(int(case.problem.run_max[r]) for r in runs)
    if (gap := gap_around(total, least, most)) is not None:
        fits, next_fit = gap
        yield say(
            "gap_number",
            "{total} trainees who could share classes ask for {course}, and classes of {min_seats} to "
            "{max_seats} can hold {fits} or "
            "{next_fit} but nothing between: at least {over} must wait, or {missing} more must come.",
            total=total, course=case.course(g), min_seats=least, max_seats=most,
            fits=fits, next_fit=next_fit, over=total - fits, missing=next_fit - total,
        )  # fmt: skip


def gap_around(total: int, least: int, most: int) -> tuple[int, int] | None:
    """Return the nearest numbers below and above that classes can hold, or `None` if they can hold `total`.

    k classes hold any number from k * least to k * most. `total` lies in a gap if k = total // least classes, the most that
    could be filled, hold fewer. Below the minimum of one class the lower number is 0.
    """
    classes = total // least
    if classes * most >= total:
        return None
    return classes * most, (classes + 1) * least


KIND = ReasonKind(find, planner_only)

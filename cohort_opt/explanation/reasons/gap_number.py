"""Gap number: the trainees who could share classes are a number that no classes between minimum and maximum can hold.

With classes of 8 to 12, one class holds 8 to 12 and two hold 16 to 24: 13, 14 and 15 cannot all be placed, whatever the plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


@dataclass(frozen=True, slots=True)
class Gap:
    """A number of trainees that no classes can hold, and the nearest ones below and above that they can."""

    total: int
    min_seats: int
    max_seats: int
    fits: int
    next_fit: int


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if the whole circle of lines that could share a class with this one has a gap number of trainees."""
    gap = circle_gap(case, g)
    if gap is not None:
        yield say(
            "gap_number",
            "{total} trainees who could share classes ask for {course}, and classes of {min_seats} to "
            "{max_seats} can hold {fits} or {next_fit} but nothing between: at least {over} must wait, or {missing} more must "
            "come.",
            total=gap.total, course=case.course(g), min_seats=gap.min_seats, max_seats=gap.max_seats,
            fits=gap.fits, next_fit=gap.next_fit, over=gap.total - gap.fits, missing=gap.next_fit - gap.total,
        )  # fmt: skip


def circle_gap(case: Case, g: int) -> Gap | None:
    """Return the gap that the circle of a line falls into, `None` if classes could hold its number."""
    if not case.arcs_of_group(g):
        return None
    total, least, most = case.circles[int(case.circle[g])]
    gap = gap_around(total, least, most)
    return None if gap is None else Gap(total, least, most, *gap)


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

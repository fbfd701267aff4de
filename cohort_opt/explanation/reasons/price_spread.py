"""Price spread: one more class would cost more, or less, a seat than the open ones by more than the course allows."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason for the closed run that comes closest, if no size of a class there keeps the prices together."""
    limits = {course.id: course.max_price_spread_cents for course in case.instance.courses}
    best: tuple[int, int, int, int] | None = None
    for r in case.closed_runs(g):
        course = case.candidates.runs[r].course
        limit = limits[course]
        sizes = range(int(case.problem.run_min[r]), min(case.waiting_for(r), int(case.problem.run_max[r])) + 1)
        paid = [
            _price(case, case.run[planned.run], planned.size) for planned in case.solution.classes if planned.course == course
        ]
        if limit is None or not sizes or not paid:
            continue
        apart = min((max(*paid, price) - min(*paid, price), price, size) for size in sizes for price in (_price(case, r, size),))
        if apart[0] <= limit:
            return
        best = min(best or (*apart, r), (*apart, r))
    if best is not None:
        apart_cents, price, size, r = best
        yield say(
            "price_spread",
            "One more class with {size} of those without a seat ({run}) at {seat_price_cents} a seat would lie {apart_cents} "
            "from another class of {course}, which allows {limit_cents}.",
            size=size, run=case.problem.run_ids[r], seat_price_cents=price, apart_cents=apart_cents, course=case.course(g),
            limit_cents=limits[case.candidates.runs[r].course] or 0,
        )  # fmt: skip


def _price(case: Case, r: int, size: int) -> int:
    """Return the equal price of a seat in a class of this size, rounded up to the cent."""
    seat = next(o.seat_cents for o in case.instance.offerings if o.id == case.candidates.runs[r].offering)
    return -(-int(case.problem.run_fixed_cents[r]) // max(size, 1)) + seat


KIND = ReasonKind(find, planner_only)

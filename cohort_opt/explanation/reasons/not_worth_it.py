"""Not worth it: a seat, or one more class, costs more than the price of leaving the trainees without one."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield a reason if the cheapest free seat is too dear, and one if the cheapest further class is."""
    price = int(case.problem.group_unplaced_cents[g])
    free = [
        (int(case.problem.arc_cents[a] + case.problem.arc_credit_cents[a]), planned.id)
        for a, planned in case.open_classes(g)
        if case.free_seats(planned) > 0
    ]
    if free and min(free)[0] >= price:
        cents, name = min(free)
        yield say(
            "not_worth_it",
            "The cheapest free seat, in {class_id}, costs {seat_cents} with journey and wait; leaving a trainee "
            "without one is priced at "
            "{unplaced_cents}.",
            class_id=name, seat_cents=cents, unplaced_cents=price,
        )  # fmt: skip
    further = [found for r in case.closed_runs(g) if (found := _one_more_class(case, r)) is not None]
    if further and min(further)[0] >= 0:
        over, r, size, cost = min(further)
        yield say(
            "not_worth_it",
            "One more class of {course} with {size} of those without a seat ({run}) would cost {cost_cents}; "
            "leaving them without one is "
            "priced at {unplaced_cents}.",
            course=case.course(g), size=size, run=case.problem.run_ids[r], cost_cents=cost, unplaced_cents=cost - over,
        )  # fmt: skip


def _one_more_class(case: Case, r: int) -> tuple[int, int, int, int] | None:
    """Return (cost less price of leaving, run, size, cost) of the best class of those without a seat; `None` if it cannot be.

    Each trainee adds its own cost and saves its price of leaving: the best class takes those who save most, the minimum of the
    class first, then everybody who still saves. Parts and price caps are not looked at: they could only make it dearer.
    """
    run, problem = case.candidates.runs[r], case.problem
    each: list[tuple[int, int]] = []
    for a in case.arcs_of_run(r):
        group = int(problem.arc_group[a])
        cents, price = int(problem.arc_cents[a] + problem.arc_credit_cents[a]), int(problem.group_unplaced_cents[group])
        each += [(cents - price, cents)] * int(case.waiting[group])
    least, most = int(problem.run_min[r]), int(problem.run_max[r])
    if len(each) < least or case.full_pool(run) is not None:
        return None
    each.sort()
    chosen = each[:least] + [pair for pair in each[least:most] if pair[0] < 0]
    fixed = int(problem.run_fixed_cents[r])
    return fixed + sum(over for over, _ in chosen), r, len(chosen), fixed + sum(cents for _, cents in chosen)


KIND = ReasonKind(find, planner_only)

"""Price cap: the line comes only if a seat costs at most so much, and the classes within reach are not full enough for that."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if the cap closes every run, or one for the fullest open class that it keeps the line out of."""
    demand = case.demand(g)
    cap, arcs = demand.max_seat_price_cents, case.arcs_of_group(g)
    if cap is None or not arcs:
        return
    wish = demand.min_class_size or 0
    least = [(size if (size := int(case.problem.arc_min_size[a])) > wish else 0, a) for a in arcs]
    if all(size > int(case.able[case.run_of(a)]) for size, a in least):
        size, arc = min(least, key=lambda pair: (pair[0] - int(case.able[case.run_of(pair[1])]), pair[1]))
        yield say(
            "price_cap",
            "A seat may cost at most {cap_cents}: a class must then hold {least_size}, and at most {can_attend} "
            "could attend one.",
            cap_cents=cap, least_size=size, can_attend=int(case.able[case.run_of(arc)]),
        )  # fmt: skip
        return
    kept_out = [
        (planned.size, planned.id, int(case.problem.arc_min_size[a]))
        for a, planned in case.open_classes(g)
        if case.free_seats(planned) > 0 and max(wish, planned.size + int(case.waiting[g])) < int(case.problem.arc_min_size[a])
    ]
    if kept_out:
        size, name, needed = max(kept_out)
        yield say(
            "price_cap",
            "A seat may cost at most {cap_cents}: {class_id} must then hold {least_size}, it holds {size} and "
            "these {count} do not suffice.",
            cap_cents=cap, class_id=name, least_size=needed, size=size, count=int(case.waiting[g]),
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

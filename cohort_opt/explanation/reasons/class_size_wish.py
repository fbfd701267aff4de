"""Class size wish: the line comes only if at least so many do, and the classes within reach are not full enough for that."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if the wish closes every run, or one for the fullest open class that it keeps the line out of."""
    wish, arcs = case.demand(g).min_class_size, case.arcs_of_group(g)
    if wish is None or not arcs:
        return
    most = max(int(case.able[case.run_of(a)]) for a in arcs)
    if most < wish:
        yield say(
            "class_size_wish",
            "The line comes only to a class of {min_class_size} or more, and at most {can_attend} could attend one.",
            min_class_size=wish, can_attend=most,
        )  # fmt: skip
        return
    waiting = int(case.waiting[g])
    small = [
        (planned.size, planned.id)
        for _, planned in case.open_classes(g)
        if case.free_seats(planned) > 0 and planned.size + waiting < wish
    ]
    if small:
        size, name = max(small)
        yield say(
            "class_size_wish",
            "The line comes only to a class of {min_class_size} or more: {class_id} holds {size} and these {count} do not "
            "suffice.",
            min_class_size=wish, class_id=name, size=size, count=waiting,
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

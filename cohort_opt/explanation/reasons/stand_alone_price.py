"""Stand-alone price: every open class with a free seat would still be too small to be as cheap as outside."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import seats_by_line, with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if one more of the line in each open class with room asks for a larger class than that makes."""
    steps = case.problem.size_steps.tolist()
    short = []
    for arc, planned in with_room(case, g):
        held = seats_by_line(planned).get(case.demand(g).id, 0) + 1
        wanted = max((size for a, count, size in steps if a == arc and held >= count), default=0)
        short.append((wanted, planned) if wanted > planned.size + 1 else None)
    if short and all(short):
        wanted, planned = min((pair for pair in short if pair is not None), key=lambda pair: (pair[0], pair[1].id))
        yield say(
            "stand_alone_price",
            "A seat is as cheap as outside only in a class of {needed} or more; {class_id} would hold {size}.",
            needed=wanted, class_id=planned.id, size=planned.size + 1,
        )  # fmt: skip


KIND = ReasonKind(find, as_it_is)

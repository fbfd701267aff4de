"""Without the price cap."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetPriceCap


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the line without its price cap."""
    demand = question.demand
    if demand.max_seat_price_cents is not None:
        yield Relaxation(
            (SetPriceCap(kind="set_price_cap", demand=demand.id, max_seat_price_cents=None),),
            say("price_cap", "a price above {cap_cents} a seat for {demand}",
                cap_cents=demand.max_seat_price_cents, demand=demand.id),
        )  # fmt: skip

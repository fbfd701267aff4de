"""Without a pin."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import RemovePin

_MOST_PINS = 10
"""Pins of the course that are tried one by one."""


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the plan without each pin of the course."""
    course = {demand.id: demand.course for demand in question.instance.demands}
    pins = [pin for pin in question.instance.pins if course[pin.demand] == question.demand.course]
    for pin in pins[:_MOST_PINS]:
        yield Relaxation(
            (RemovePin(kind="remove_pin", demand=pin.demand, run=pin.run),),
            say("pin", "without the pin of {demand} in {run}", demand=pin.demand, run=pin.run),
        )

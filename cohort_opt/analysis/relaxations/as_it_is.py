"""No rule changes at all: a seat can be had, only the plan finds it dearer than leaving the trainees without one."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the plan under the same rules in which these trainees sit whatever it costs."""
    yield Relaxation(
        (), say("as_it_is", "no rule needs to change for the {count} of {demand}: a seat can be had, at its price",
                count=question.waiting, demand=question.demand.id),
    )  # fmt: skip

"""One more class at the same time."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetOfferingStarts


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield one more parallel class for each offering of the course."""
    for offering in question.offerings:
        if offering.max_parallel < 50:
            more = offering.max_parallel + 1
            yield Relaxation(
                (SetOfferingStarts(kind="set_offering_starts", offering=offering.id, max_parallel=more),),
                say("class_parallel", "{max_parallel} classes at a time instead of {was} in {offering}",
                    max_parallel=more, was=offering.max_parallel, offering=offering.id),
            )  # fmt: skip

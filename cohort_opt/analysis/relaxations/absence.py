"""More of the company away on one day."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetMaxAway


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the company's limit raised by one, and by as many as wait."""
    company = question.company
    if company.max_away_per_day is None:
        return
    for more in sorted({1, question.waiting}):
        most = company.max_away_per_day + more
        yield Relaxation(
            (SetMaxAway(kind="set_max_away", company=company.id, max_away_per_day=most),),
            say("absence", "{away} of {company} away on one day instead of {was}",
                away=most, company=company.name, was=company.max_away_per_day),
        )  # fmt: skip

"""A smaller minimum: classes of the course may open with one or two trainees fewer."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetClassSize


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the minimum lowered by one, then by two."""
    course = question.course
    for least in (course.min_seats - 1, course.min_seats - 2):
        if least >= 1:
            yield Relaxation(
                (SetClassSize(kind="set_class_size", course=course.id, min_seats=least),),
                say("class_minimum", "a minimum of {min_seats} instead of {was} in {course}",
                    min_seats=least, was=course.min_seats, course=course.name),
            )  # fmt: skip

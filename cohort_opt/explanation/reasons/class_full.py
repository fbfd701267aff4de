"""Full: every open class that suits the line has no seat left."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if there are open classes within reach and all are full."""
    classes = [planned for _, planned in case.open_classes(g)]
    if classes and all(case.free_seats(planned) == 0 for planned in classes):
        yield say(
            "class_full",
            "Every open class of {course} that suits the line is full ({classes} in all), such as {class_id} with {size}.",
            classes=len(classes), course=case.course(g), class_id=classes[0].id, size=classes[0].size,
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

"""The rest of the plan: no single rule keeps the line out; a seat would have to be taken from others or cost more elsewhere."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield the reason that is left when no other applies; the caller asks for it last."""
    yield say(
        "rest_of_plan",
        "No single rule keeps {count} of the line out ({runs} runs of {course} suit it): in the cheapest plan found these seats "
        "and days serve others.",
        runs=len(case.arcs_of_group(g)), course=case.course(g), count=int(case.waiting[g]),
    )  # fmt: skip


KIND = ReasonKind(find, planner_only)

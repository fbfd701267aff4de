"""Too few: some runs suit the line, but all who could attend the best of them are fewer than the minimum of a class."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if the line has no candidate run, and some run suits it that too few can attend."""
    demand = case.demand(g)
    if case.arcs_of_group(g):
        return
    found = [
        rejection.facts
        for run in case.runs_near(g)[0]
        if (rejection := case.rejected.get(run.id)) and rejection.rule == "class_size" and not case.blockers.of(demand, run)
    ]
    if found:
        best = max(found, key=lambda facts: int(facts["can_attend"]))
        yield say(
            "too_few",
            "At most {can_attend} trainees could attend one run of {course} that suits this line; a class opens "
            "with {min_seats} or more.",
            course=case.course(g), **best,
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

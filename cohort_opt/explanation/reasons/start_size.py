"""Start size: those who could meet would fill a class, but not one from which some are expected to leave."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.candidates import Run
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason for the class that comes closest: enough for its minimum, too few to start with."""
    courses = {course.id: course for course in case.instance.courses}
    found = [
        (waiting, run)
        for waiting, run in _gathered(case, g)
        if courses[run.course].min_seats <= waiting < run.min_seats and courses[run.course].keep_min_percent
    ]
    if found:
        waiting, run = min(found, key=lambda pair: (-pair[0], pair[1].id))
        course = courses[run.course]
        yield say(
            "start_size",
            "{waiting} could meet in a class of {course}, which holds {min_seats} or more; it starts with {start_seats}, so that "
            "its minimum stays with {keep_min_percent} % when some leave.",
            waiting=waiting, course=course.name, min_seats=course.min_seats, start_seats=run.min_seats,
            keep_min_percent=course.keep_min_percent or 0,
        )  # fmt: skip


def _gathered(case: Case, g: int) -> Iterator[tuple[int, Run]]:
    """Yield (trainees, run): all who could attend a run that is no candidate, else those without a seat for one more class."""
    if case.arcs_of_group(g):
        yield from ((case.waiting_for(r), case.candidates.runs[r]) for r in case.closed_runs(g))
        return
    demand = case.demand(g)
    for run in case.runs_near(g)[0]:
        rejection = case.rejected.get(run.id)
        if rejection is not None and rejection.rule == "class_size" and not case.blockers.of(demand, run):
            yield int(rejection.facts["can_attend"]), run


KIND = ReasonKind(find, planner_only)

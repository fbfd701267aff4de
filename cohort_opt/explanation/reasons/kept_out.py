"""Whom the class keeps out: those without a seat who could attend it, and what leaving them so is priced at."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ClassReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass


def find(case: Case, planned: PlannedClass) -> Iterator[Reason]:
    """Yield one reason if the class is full and trainees without a seat could attend its run."""
    problem, r = case.problem, case.run[planned.run]
    if case.free_seats(planned) > 0:
        return
    groups = [int(problem.arc_group[a]) for a in case.arcs_of_run(r)]
    waiting = sum(int(case.waiting[g]) for g in groups)
    if waiting:
        yield say(
            "kept_out",
            "Its {size} seats are taken while {waiting} trainees who could attend it have none; leaving them so is priced at "
            "{unplaced_cents}.",
            size=planned.size, waiting=waiting,
            unplaced_cents=sum(int(case.waiting[g]) * int(problem.group_unplaced_cents[g]) for g in groups),
        )  # fmt: skip


KIND = ClassReasonKind(find, planner_only)

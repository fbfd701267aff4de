"""Reasons for a whole plan: for each class why it opens, for each line without seats why it waits."""

from __future__ import annotations

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons import CLASS_REASONS, LAST_REASON, REASONS
from cohort_opt.problem.candidates import Candidates
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass, Solution


def explain_unplaced(instance: Instance, candidates: Candidates, solution: Solution) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons for each demand line with trainees without a seat, at least one for each; keys ascending."""
    case = Case(instance, candidates, solution)
    waiting = sorted({member.demand for member in solution.unplaced if member.count})
    return {name: _reasons_of_line(case, case.group[name]) for name in waiting}


def _reasons_of_line(case: Case, g: int) -> tuple[Reason, ...]:
    found = tuple(reason for kind in REASONS.values() for reason in kind.find(case, g))
    return found or tuple(LAST_REASON.find(case, g))


def explain_classes(instance: Instance, candidates: Candidates, solution: Solution) -> dict[str, tuple[Reason, ...]]:
    """Return the reasons for each class of the plan, by class id ascending."""
    case = Case(instance, candidates, solution)
    return {planned.id: _reasons_of_class(case, planned) for planned in sorted(solution.classes, key=lambda c: c.id)}


def explain_class(instance: Instance, candidates: Candidates, solution: Solution, planned: PlannedClass) -> tuple[Reason, ...]:
    """Return the reasons for one class of the plan; for all classes at once use `explain_classes`."""
    return _reasons_of_class(Case(instance, candidates, solution), planned)


def _reasons_of_class(case: Case, planned: PlannedClass) -> tuple[Reason, ...]:
    return tuple(reason for kind in CLASS_REASONS.values() for reason in kind.find(case, planned))

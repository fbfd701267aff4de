"""One verified solve of a changed instance: plan, value and bound, without prices and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt.analysis.hold import only_about
from cohort_opt.compose import solution_of
from cohort_opt.errors import InstanceError
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.solution import Solution, SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve
from cohort_opt.verification.verify import verify


@dataclass(frozen=True, slots=True)
class Replan:
    """The answer to one changed instance.

    Parameters
    ----------
    solution, terms, objective_cents, bound_cents
        `None` where there is no plan (or, for the bound, no proof).
    """

    status: SolveStatus
    solution: Solution | None
    terms: ObjectiveTerms | None
    objective_cents: int | None
    bound_cents: int | None

    @property
    def is_proven(self) -> bool:
        """Return whether no plan of the changed instance is cheaper."""
        return self.status in (SolveStatus.OPTIMAL, SolveStatus.EMPTY)

    @property
    def real_cents(self) -> int | None:
        """Return what the plan costs in money: classes, seats and journeys, without the prices of waiting and of no seat."""
        return None if self.terms is None else self.terms.class_fixed + self.terms.seats + self.terms.travel

    def unplaced(self, demand: str) -> int:
        """Return how many trainees of a demand line have no seat."""
        return sum(m.count for m in self.solution.unplaced if m.demand == demand) if self.solution else 0


def replan(instance: Instance, params: SolveParams, course: str | None = None) -> Replan:
    """Solve an instance and judge the plan.

    Parameters
    ----------
    course
        Only lines of this course may take or change a seat; all others keep what is pinned and get nothing new.

    Raises
    ------
    VerificationError
        If the judge rejects the plan.
    """
    try:
        candidates = find_candidates(instance)
    except InstanceError:  # a pin that the change made impossible: no plan of this instance keeps it
        return Replan(SolveStatus.INFEASIBLE, None, None, None, None)
    if course is not None:
        candidates = only_about(candidates, course)
    result = solve(candidates.problem, params)
    if result.classes is None:
        return Replan(result.status, None, None, None, None)
    solution = solution_of(candidates, result)
    report = verify(instance, solution, result.objective)
    report.raise_if_rejected()
    return Replan(result.status, solution, report.objective_terms, result.objective, result.bound)

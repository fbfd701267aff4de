"""Status: what the proposal says about itself fits what it holds.

optimal, feasible         a plan: objective, terms, classes, unplaced, cost_shares and pooling are there
empty                     the same, and nobody asked for a seat
infeasible, no time       no plan: none of them is there, for no plan is not an empty plan
verified                  exactly where there is a plan
conflict                  only where infeasible
"""

from cohort_opt.solution import SolveStatus
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "status"

WITH_PLAN = (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE, SolveStatus.EMPTY)
_PARTS = ("objective_cents", "objective_terms", "classes", "unplaced", "cost_shares", "pooling")


def needs_plan() -> bool:
    """Whether there is a plan is the question."""
    return False


def check(hearing: Hearing) -> Findings:
    """Yield once for each part of a plan, and for status, conflict and verdict."""
    proposal = hearing.proposal
    has_plan = proposal.status in WITH_PLAN
    for name in _PARTS:
        there = getattr(proposal, name) is not None
        message = f"Proposal: status {proposal.status.value} but {name} is {'there' if there else 'missing'}"
        yield None if there == has_plan else Violation(CLAIM, name, message)
    asked = sum(demand.count for demand in hearing.instance.demands)
    message = f"Proposal: status {proposal.status.value} where {asked} trainees ask for a seat"
    yield None if (proposal.status is SolveStatus.EMPTY) == (asked == 0) else Violation(CLAIM, "empty", message)
    message = f"Proposal: a conflict is named at status {proposal.status.value}, it belongs to infeasible alone"
    wrong = proposal.conflict is not None and proposal.status is not SolveStatus.INFEASIBLE
    yield Violation(CLAIM, "conflict", message) if wrong else None
    message = f"Proposal: verified is {str(proposal.verified).lower()} at status {proposal.status.value}"
    yield None if proposal.verified == has_plan else Violation(CLAIM, "verified", message)

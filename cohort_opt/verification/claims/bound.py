"""Bound: the proven bound does not contradict the plan, and the gap is that between the two.

bound <= objective,  gap = (objective - bound) / |objective| to six decimals, 0 where the objective is 0
optimal: bound = objective        gap missing exactly where either of the two is
bound_source = none exactly where there is no bound
"""

import math

from cohort_opt.solution import SolveStatus
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "bound"

MILLIONTHS = 10**6


def needs_plan() -> bool:
    """A bound may be proven before a plan is found."""
    return False


def check(hearing: Hearing) -> Findings:
    """Yield once each for source, bound, gap and proof."""
    proposal = hearing.proposal
    objective, bound = proposal.objective_cents, proposal.bound_cents
    message = f"Proposal: bound {bound} cents by {proposal.bound_source}"
    named = proposal.bound_source != "none"
    fits = not named if bound is None else named or proposal.status is SolveStatus.EMPTY
    yield None if fits else Violation(CLAIM, "bound_source", message)
    above = objective is not None and bound is not None and bound > objective
    message = f"Proposal: bound {bound} cents lies above the objective {objective}: no plan can cost less than its bound"
    yield Violation(CLAIM, "bound_cents", message) if above else None
    yield None if _gap_fits(objective, bound, proposal.gap) else Violation(CLAIM, "gap", _wrong_gap(hearing))
    unproven = proposal.status is SolveStatus.OPTIMAL and bound != objective
    message = f"Proposal: status optimal with objective {objective} and bound {bound} cents: a proven optimum meets its bound"
    yield Violation(CLAIM, "optimal", message) if unproven else None


def _gap_fits(objective: int | None, bound: int | None, gap: float | None) -> bool:
    """Whether the gap is right to six decimals; whole numbers only, so that no rounding hides a difference."""
    if objective is None or bound is None:
        return gap is None
    if gap is None or not math.isfinite(gap):
        return False
    millionths = round(gap * MILLIONTHS)
    if millionths / MILLIONTHS != gap:
        return False
    if objective == 0:
        return millionths == 0
    exact, whole = max(0, objective - bound) * MILLIONTHS, abs(objective)
    return 2 * abs(millionths * whole - exact) <= whole


def _wrong_gap(hearing: Hearing) -> str:
    proposal = hearing.proposal
    return f"Proposal: gap {proposal.gap} between objective {proposal.objective_cents} and bound {proposal.bound_cents}"

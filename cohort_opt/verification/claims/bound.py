"""Bound: the proven bound does not contradict the plan, and the gap is that between the two.

bound <= objective,  gap = (objective - bound) / |objective| to six decimals, 0 where the objective is 0
optimal: bound = objective        gap missing exactly where either of the two is
bound_source = none exactly where there is no bound
parts, where named: bound <= objective of each, and objective - sum of objectives = bound - sum of bounds: what no plan can avoid
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
    yield from _parts(hearing)


def _parts(hearing: Hearing) -> Findings:
    """Yield once for each part, and once for what they add up to."""
    proposal = hearing.proposal
    for entry in proposal.parts:
        above = entry.bound_cents is not None and entry.bound_cents > entry.objective_cents
        message = (
            f"Proposal: part {entry.input[:16]} with bound {entry.bound_cents} cents above its objective {entry.objective_cents}"
        )
        yield Violation(CLAIM, "parts", message) if above else None
    if not proposal.parts or proposal.objective_cents is None:
        return
    bounds = [entry.bound_cents for entry in proposal.parts if entry.bound_cents is not None]
    unavoidable = proposal.objective_cents - sum(entry.objective_cents for entry in proposal.parts)
    wanted = unavoidable + sum(bounds) if len(bounds) == len(proposal.parts) else None
    message = f"Proposal: bound {proposal.bound_cents} cents, its parts and what no plan can avoid add up to {wanted}"
    yield None if wanted == proposal.bound_cents else Violation(CLAIM, "parts", message)


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

"""Goals: each ordered goal of the instance is named in its order, at the value that the plan reaches, and no bound lies above it.

value = recomputed value (see `verification.goals`),  bound <= value
optimal: bound = value for every goal
"""

from cohort_opt.solution import SolveStatus
from cohort_opt.verification.goals import goal_value
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "goals"


def needs_plan() -> bool:
    """Only a plan reaches a goal."""
    return True


def check(hearing: Hearing) -> Findings:
    """Yield once for the names, and once for value and bound of each goal."""
    said = tuple(entry.name for entry in hearing.proposal.goals)
    # With nobody to place every goal is reached, and none is named.
    wanted = () if hearing.proposal.status is SolveStatus.EMPTY else hearing.instance.goals
    message = f"Proposal: goals {', '.join(said) or 'none'}, the instance asks for {', '.join(wanted) or 'none'}"
    yield None if said == wanted else Violation(CLAIM, "names", message)
    if hearing.case is None or hearing.terms is None or said != wanted:
        return
    for entry in hearing.proposal.goals:
        found = goal_value(entry.name, hearing.case, hearing.terms)
        message = f"Proposal: goal {entry.name} at {entry.value}, the plan reaches {found}"
        yield None if entry.value == found else Violation(CLAIM, entry.name, message)
        above = entry.bound is not None and entry.bound > entry.value
        unproven = hearing.proposal.status is SolveStatus.OPTIMAL and entry.bound != entry.value
        message = f"Proposal: goal {entry.name} at {entry.value} with bound {entry.bound}, status {hearing.proposal.status.value}"
        yield Violation(CLAIM, f"{entry.name} bound", message) if above or unproven else None

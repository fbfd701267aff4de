"""Stored verdicts: the verdicts inside the proposal are those of a judge who passed it.

each rule at most once,  no violation where `verified` is true,  none at all where there is no plan
"""

from collections import Counter

from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "stored_verdicts"


def needs_plan() -> bool:
    """A proposal without a plan must not carry verdicts either."""
    return False


def check(hearing: Hearing) -> Findings:
    """Yield once for each stored verdict, and once where there is no plan."""
    proposal = hearing.proposal
    rules = Counter(row.rule for row in proposal.verification)
    for row in proposal.verification:
        why = ""
        if rules[row.rule] > 1:
            why = f"it stands there {rules[row.rule]} times"
        elif row.violations and proposal.verified:
            why = f"{len(row.violations)} violations are stored in a proposal that calls itself verified"
        elif row.checked < len(row.violations):
            why = f"{row.checked} things were looked at and {len(row.violations)} were wrong"
        yield Violation(CLAIM, row.rule, f"Verdict[{row.rule}]: {why}") if why else None
    if proposal.classes is None:
        message = f"Proposal: {len(proposal.verification)} verdicts are stored, but there is no plan that was judged"
        yield Violation(CLAIM, "plan", message) if proposal.verification else None

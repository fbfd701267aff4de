"""Objective: every term is what the judge adds up from the raw rates, and the terms make the objective.

term = recomputed term (see `verification.objective`),  objective_cents = sum of the terms
"""

from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.objective import total_cents
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "objective"


def needs_plan() -> bool:
    """Only a plan has a cost."""
    return True


def check(hearing: Hearing) -> Findings:
    """Yield once for each term and once for the sum."""
    if hearing.terms is None:
        return
    for name in ObjectiveTerms.model_fields:
        said, found = getattr(hearing.proposal.objective_terms, name, None), getattr(hearing.terms, name)
        message = f"Proposal: term {name} {said} cents, by the rates it is {found}"
        yield None if said == found else Violation(CLAIM, name, message)
    said, found = hearing.proposal.objective_cents, total_cents(hearing.terms)
    message = f"Proposal: objective {said} cents, the terms add up to {found}"
    yield None if said == found else Violation(CLAIM, "objective_cents", message)

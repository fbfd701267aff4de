"""The judge of a proposal: re-reads the plan as it is listed, judges it by every rule, then every figure around it."""

from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.verification.case import Case
from cohort_opt.verification.claims import CLAIMS
from cohort_opt.verification.given import Given
from cohort_opt.verification.hearing import Hearing, plan_of
from cohort_opt.verification.report import Report, Verdict, gather
from cohort_opt.verification.verify import judge


def verify_proposal(instance: Instance, proposal: Proposal) -> Report:
    """Judge a proposal.

    Parameters
    ----------
    instance
        What is given.
    proposal
        As stored; nothing in it is believed, except its reasons, which are not judged.

    Returns
    -------
    Report
        `plan_form` and the rules where there is a plan, and the claims. Where the plan's form is broken, the rules and the
        claims about its rows are not judged.
    """
    given, plan = Given(instance), plan_of(proposal)
    if plan is None:
        return Report(_claims(Hearing(given, proposal, None, None)), None)
    case = Case(given, plan)
    report = judge(case)
    sound = report.objective_terms is not None
    hearing = Hearing(given, proposal, case if sound else None, report.objective_terms)
    return Report((*report.verdicts, *_claims(hearing)), report.objective_terms)


def _claims(hearing: Hearing) -> tuple[Verdict, ...]:
    return tuple(
        gather(name, claim.check(hearing)) for name, claim in CLAIMS.items() if hearing.case is not None or not claim.needs_plan()
    )

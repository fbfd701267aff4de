"""A stored plan, once the judge has passed it."""

from pathlib import Path

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.report import read_proposal
from cohort_opt.solution import Solution
from cohort_opt.verification.hearing import plan_of
from cohort_opt.verification.verify_proposal import verify_proposal


def stored_plan(instance: Instance, file: Path) -> Solution:
    """Return the plan of a stored proposal.

    Raises
    ------
    InstanceError
        If the proposal holds no plan.
    VerificationError
        If the judge rejects it, for example because it belongs to another instance.
    """
    proposal = read_proposal(file)
    verify_proposal(instance, proposal).raise_if_rejected()
    plan = plan_of(proposal)
    if plan is None:
        raise InstanceError([InputProblem("no-plan", "Proposal", proposal.status.value, "it holds no plan",
                                          "name a proposal with classes")])  # fmt: skip
    return plan

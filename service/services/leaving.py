"""What happens to the prices of a night's classes when a company leaves: who pays what, by terms that were declared before."""

from __future__ import annotations

from cohort_opt import FeeStep, Instance, LeavingTerms, Proposal, plan_of, settle_plan
from service.actors import Actor
from service.problems import Flaw, Refusal
from service.schemas import LeaveRequest, SettledClass, SettledRow
from service.services import rounds, what_ifs
from service.services.context import Context


def settlements(context: Context, actor: Actor, round_id: str, date: str, leave: LeaveRequest) -> tuple[SettledClass, ...]:
    """Return the settlement of every class of a night's plan that the company leaves, for its planner; nothing is stored.

    Raises
    ------
    Refusal
        `unknown-reference` for a company without a seat.
    """
    rounds.must_plan(actor)
    proposal, given, _ = what_ifs.plan_of_night(context, round_id, date)
    instance, plan = Instance.model_validate(given), Proposal.model_validate(proposal)
    solution = plan_of(plan)
    shares = plan.cost_shares or ()
    if solution is None or leave.company not in {share.company for share in shares}:
        detail = "This company sits in no class of the plan, so it cannot leave one."
        raise Refusal("unknown-reference", detail, (Flaw("/company", "unknown-reference", detail),))
    terms = LeavingTerms((FeeStep(leave.days, leave.percent),), leave.reserve_cents)
    found = settle_plan(instance, solution, shares, {leave.company: leave.left_on}, terms)
    return tuple(
        SettledClass(
            class_id=class_id, seats=seats, cost_cents=settled.cost_cents,
            rows=(
                *(SettledRow(payer=payer, why="stays", cents=cents) for payer, cents in settled.shares_cents.items()),
                *(SettledRow(payer=payer, why="fee", cents=cents) for payer, cents in settled.fees_cents.items()),
                SettledRow(payer=None, why="reserve", cents=settled.reserve_cents),
                SettledRow(payer=None, why="bearer", cents=settled.bearer_cents),
            ),
        )
        for class_id, seats, settled in found
    )  # fmt: skip

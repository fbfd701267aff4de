"""Verbs of bills: who bears what of a night's plan, in each form of alliance."""

from __future__ import annotations

from collections import Counter

from cohort_opt import Instance, Proposal, bill, costs_of_plan, plan_of
from service.actors import Actor
from service.problems import Flaw, Refusal, not_found
from service.schemas import Bill, BillRequest, BillRow, Payer
from service.services import nights
from service.services.context import Context


def alliance_bill(context: Context, actor: Actor, round_id: str, date: str, request: BillRequest) -> Bill:
    """Return who bears what of a night's plan, for its planner; nothing is stored.

    Raises
    ------
    Refusal
        `shares-do-not-sum` for keys that are not 100 % together, `no-proposal` for a night without a plan.
    """
    report = nights.night_report(context, actor, round_id, date)
    if report.proposal is None or report.proposal["classes"] is None:
        raise Refusal("no-proposal", "The night has no plan.")
    instance, proposal = Instance.model_validate(report.instance), Proposal.model_validate(report.proposal)
    solution = plan_of(proposal)
    if solution is None:
        raise not_found()
    shares = proposal.cost_shares or ()
    members = Counter[str]()
    for share in shares:
        members[share.company] += share.seats
    _check(request, {company.id for company in instance.companies})
    weights = request.keys_percent if request.keys_percent is not None else dict(members)
    found = bill(request.form, costs_of_plan(instance, solution, shares), lead=request.lead or "", members=weights)
    rows = tuple(BillRow(payer=row.payer, home=row.cost.home, kind=row.cost.kind, cents=row.cents) for row in found.rows)
    payers = tuple(Payer(payer=payer, cents=cents) for payer, cents in found.total_cents().items())
    return Bill(form=request.form, rows=rows, payers=payers, total_cents=sum(row.cents for row in rows))


# ---- inside --------------------------------------------------------------------------------------------------------------


def _check(request: BillRequest, companies: set[str]) -> None:
    if request.form == "lead_firm" and request.lead not in companies:
        raise _refusal("unknown-reference" if request.lead else "missing-field", "/lead", "lead_firm needs the id of its lead.")
    if request.keys_percent is None:
        return
    if request.form != "association":
        raise _refusal("unknown-field", "/keys_percent", "Keys belong to an association; leave them out.")
    if unknown := sorted(request.keys_percent.keys() - companies):
        raise _refusal("unknown-reference", f"/keys_percent/{unknown[0]}", "The round has no company of this id.")
    total = sum(request.keys_percent.values())
    if total != 100:
        raise _refusal("shares-do-not-sum", "/keys_percent", f"The keys add up to {total} %; make them 100 % together.")


def _refusal(code: str, pointer: str, detail: str) -> Refusal:
    return Refusal(code, detail, (Flaw(pointer, code, detail),))

"""Discounts, alliance bills and shared proposals, as people read them or as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from cohort_opt.cost_sharing.alliances import AllianceBill, bill, costs_of_plan
from cohort_opt.cost_sharing.flexibility import Discount
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import CostShare, PoolingEntry, Proposal, Sharing
from cohort_opt.solution import Solution


def alliance_bill(instance: Instance, solution: Solution, shares: Sequence[CostShare], form: str, lead: str) -> AllianceBill:
    """Return who bears the costs of a plan; members of an association fund it by their seats in the plan.

    Raises
    ------
    click.UsageError
        If the form needs a lead firm and none of the instance is named.
    """
    if form == "lead_firm" and lead not in {company.id for company in instance.companies}:
        raise click.UsageError(f"--lead is {lead!r}: the form {form} needs the id of a company")
    seats = Counter[str]()
    for share in shares:
        seats[share.company] += share.seats
    return bill(form, costs_of_plan(instance, solution, shares), lead=lead, members=seats)


def print_bill(found: AllianceBill) -> None:
    """Print what each payer bears, by kind of cost."""
    kinds = ("seat", "travel", "boarding")
    print(f"Who bears what in the form {found.form}; wages and phases are not in a plan, subsidies lower no figure")
    print(f"{'payer':40} " + " ".join(f"{kind:>14}" for kind in kinds))
    for payer in found.total_cents():
        sums = [sum(row.cents for row in found.rows if (row.payer, row.cost.kind) == (payer, kind)) for kind in kinds]
        print(f"{payer:40} " + " ".join(f"{cents / 100:>14,.2f}" for cents in sums))


def print_discounts(found: Sequence[Discount], pooling: Sequence[PoolingEntry]) -> None:
    """Print what flexibility is worth, what is given back and what each company pays after it."""
    together = {entry.company: entry.together_cents for entry in pooling}
    print(f"{'company':40} {'worth EUR':>12} {'given back':>12} {'paid in':>12} {'together':>14}")
    for row in found:
        after = together.get(row.company, 0) + row.change_cents
        figures = (row.worth_cents, row.discount_cents, row.paid_in_cents)
        print(f"{row.company:40} " + " ".join(f"{cents / 100:>12,.2f}" for cents in figures) + f" {after / 100:>14,.2f}")


def write_shared(
    proposal: Proposal, shares: Sequence[CostShare], promises: Sharing, pooling: Sequence[PoolingEntry], file: Path
) -> None:
    """Write the proposal with other shares, the promises they keep and what each company gains."""
    fields = {name: getattr(proposal, name) for name in Proposal.model_fields}
    shared = Proposal(**{**fields, "cost_shares": tuple(shares), "sharing": promises, "pooling": tuple(pooling)})
    file.write_text(shared.to_json(), encoding="utf-8")

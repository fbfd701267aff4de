"""What happens to the prices of a class when companies leave it: options of the verb share, and the settlement in print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from cohort_opt.cost_sharing.leaving import FeeStep, LeavingTerms, Settlement, settle
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import CostShare
from cohort_opt.solution import Solution


def leavers(texts: Sequence[str]) -> dict[str, dt.date]:
    """Return the day on which each company left, from texts such as `cedar=2027-02-20`.

    Raises
    ------
    click.BadParameter
        If a text is not a company and a date.
    """
    found = {}
    for text in texts:
        company, _, day = text.rpartition("=")
        try:
            found[company] = dt.date.fromisoformat(day)
        except ValueError:
            raise click.BadParameter(f"{text!r} is not COMPANY=DATE, such as cedar=2027-02-20") from None
    return found


def terms_of(fees: Sequence[str], reserve_cents: int, bearer: str) -> LeavingTerms:
    """Return the terms, fees from texts such as `14=50`: fewer than 14 days before the start, 50 percent.

    Raises
    ------
    click.BadParameter
        If a text is not days and a percentage, or the terms contradict themselves.
    """
    try:
        steps = tuple(FeeStep(int(days), int(percent)) for days, _, percent in (text.rpartition("=") for text in fees))
        return LeavingTerms(steps, reserve_cents, bearer)
    except ValueError as error:
        raise click.BadParameter(f"{error}; a fee is DAYS=PERCENT, such as 14=50") from None


def print_settlements(
    instance: Instance, solution: Solution, shares: Sequence[CostShare], left_on: dict[str, dt.date], terms: LeavingTerms
) -> None:
    """Print the settlement of each class that somebody leaves; the agreed prices are the shares.

    Raises
    ------
    click.BadParameter
        If somebody leaves who sits in no class.
    """
    if strangers := sorted(set(left_on) - {share.company for share in shares}):
        raise click.BadParameter(f"{', '.join(strangers)} sit in no class of the plan, so they cannot leave one")
    offerings = {offering.id: offering for offering in instance.offerings}
    costs = ClassCosts.of(instance)
    for planned in solution.classes:
        rows = [share for share in shares if share.class_id == planned.id]
        gone = {row.company: left_on[row.company] for row in rows if row.company in left_on}
        if not gone:
            continue
        size = sum(row.seats for row in rows if row.company not in gone)
        offering = offerings[planned.offering]
        cost = costs.fixed_cents(planned) + offering.seat_cents * size if size else 0
        agreed = {row.company: row.share_cents for row in rows}
        _print(planned.id, size, settle(cost, agreed, gone, planned.start, terms))


def _print(class_id: str, size: int, found: Settlement) -> None:
    print(f"{class_id}: {found.cost_cents / 100:,.2f} EUR for {size} seats after the leave")
    payers = [(company, cents, "as agreed") for company, cents in found.shares_cents.items()]
    payers += [(company, cents, "fee of a leaver") for company, cents in found.fees_cents.items()]
    payers += [("reserve", found.reserve_cents, "declared"), (found.bearer, found.bearer_cents, "bears what stays open")]
    for name, cents, why in payers:
        print(f"  {name:40} {cents / 100:>12,.2f} EUR  {why}")

"""What happens to the prices of a class when companies leave it: options of the verb share, and the settlement in print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from cohort_opt.cost_sharing.leaving import FeeStep, LeavingTerms, Settlement, settle_plan
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
    for class_id, size, found in settle_plan(instance, solution, shares, left_on, terms):
        _print(class_id, size, found)


def _print(class_id: str, size: int, found: Settlement) -> None:
    print(f"{class_id}: {found.cost_cents / 100:,.2f} EUR for {size} seats after the leave")
    payers = [(company, cents, "as agreed") for company, cents in found.shares_cents.items()]
    payers += [(company, cents, "fee of a leaver") for company, cents in found.fees_cents.items()]
    payers += [("reserve", found.reserve_cents, "declared"), (found.bearer, found.bearer_cents, "bears what stays open")]
    for name, cents, why in payers:
        print(f"  {name:40} {cents / 100:>12,.2f} EUR  {why}")

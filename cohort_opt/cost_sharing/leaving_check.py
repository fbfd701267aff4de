"""The judge of settlements after somebody left: reads the agreement again, shares no code with `leaving`.

adds_up              shares + fees + reserve + bearer = cost
agreed_prices_hold   who stays pays what was agreed, to the cent; who left pays no share
fees_by_date         nobody who left pays more than the percentage of the date on which it left
order_of_payers      the reserve pays nothing while a leaver owes more, the bearer nothing while the reserve holds more
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from cohort_opt.cost_sharing.leaving import LeavingTerms, Settlement


def leaving_breaches(
    settlement: Settlement,
    agreed_cents: Mapping[str, int],
    left_on: Mapping[str, dt.date],
    start: dt.date,
    terms: LeavingTerms,
) -> tuple[str, ...]:
    """Return one sentence for everything that breaks the agreement; empty if it is kept."""
    return tuple(_breaches(settlement, agreed_cents, left_on, start, terms))


def _breaches(
    found: Settlement, agreed: Mapping[str, int], left_on: Mapping[str, dt.date], start: dt.date, terms: LeavingTerms
) -> Iterator[str]:
    paid = sum(found.shares_cents.values()) + sum(found.fees_cents.values()) + found.reserve_cents + found.bearer_cents
    if paid != found.cost_cents:
        yield f"adds_up: {paid} cents are paid for {found.cost_cents}"
    for company, price in sorted(agreed.items()):
        share = found.shares_cents.get(company)
        if company in left_on and share is not None:
            yield f"agreed_prices_hold: {company} left and pays a share of {share} cents"
        elif company not in left_on and share != price:
            yield f"agreed_prices_hold: {company} pays {share} cents, {price} were agreed"
    most = {company: _owed(agreed[company], day, start, terms) for company, day in left_on.items()}
    for company, fee in sorted(found.fees_cents.items()):
        if not 0 <= fee <= most.get(company, 0):
            yield f"fees_by_date: {company} is charged {fee} cents, it owes at most {most.get(company, 0)}"
    if found.reserve_cents > 0 and sum(found.fees_cents.values()) < sum(most.values()):
        yield "order_of_payers: the reserve pays while a leaver still owes"
    if found.bearer_cents > 0 and found.reserve_cents < terms.reserve_cents:
        yield f"order_of_payers: {found.bearer} pays while the reserve still holds money"
    if not 0 <= found.reserve_cents <= terms.reserve_cents:
        yield f"order_of_payers: {found.reserve_cents} cents come from a reserve of {terms.reserve_cents}"
    if found.bearer != terms.bearer:
        yield f"order_of_payers: {found.bearer} bears the rest, {terms.bearer} was declared"


def _owed(price: int, day: dt.date, start: dt.date, terms: LeavingTerms) -> int:
    """Return what a leaver owes: the step that begins last among those begun on the day."""
    percent = 0
    for step in sorted(terms.steps, key=lambda step: step.days, reverse=True):
        if day > start - dt.timedelta(days=step.days):
            percent = step.percent
    return price * percent // 100

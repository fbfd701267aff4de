"""What it costs to move agreed seats, read from the commitments and the plan.

price of one trainee = price of the state * (change_weeks - w) / change_weeks, between 0 and the price, rounded half up,
w = whole weeks from planning_date to the start that was told; the full price without change_weeks or a planning date
"""

import datetime as dt
from collections import Counter

from cohort_opt.problem.records import Commitment
from cohort_opt.verification.case import Case


def seats_kept(case: Case) -> Counter[tuple[str, str]]:
    """Return the seats of each line in each run."""
    found: Counter[tuple[str, str]] = Counter()
    for planned, demand, count in case.seated:
        found[demand.id, planned.run] += count
    return found


def is_frozen(case: Case, held: Commitment) -> bool:
    """Return whether the seats may not be moved at all."""
    if held.state == "started":
        return True
    today = case.instance.planning_date
    return today is not None and (held.start - today).days < 7 * case.instance.prices.frozen_weeks


def change_price_cents(case: Case, held: Commitment) -> int:
    """Return what moving one trainee costs."""
    prices, today = case.instance.prices, case.instance.planning_date
    price = prices.change_cents_agreed if held.state == "agreed" else prices.change_cents_published
    if prices.change_weeks == 0 or today is None:
        return price
    weeks = (held.start - today) // dt.timedelta(weeks=1)
    part = min(prices.change_weeks, max(0, prices.change_weeks - weeks))
    whole, rest = divmod(price * part, prices.change_weeks)
    return whole + (2 * rest >= prices.change_weeks)


def changes_cents(case: Case) -> int:
    """Return the price of all agreed seats that the plan moves; frozen ones are judged by the rule `commitments`."""
    if not case.instance.commitments:
        return 0
    kept = seats_kept(case)
    return sum(
        max(0, held.count - kept[held.demand, held.run]) * change_price_cents(case, held)
        for held in case.instance.commitments
        if not is_frozen(case, held)
    )

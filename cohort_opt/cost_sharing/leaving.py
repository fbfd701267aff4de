"""Leaving: who pays for a class after a company has left it. Agreed prices hold for those who stay.

    open   = cost of the class now - agreed prices of those who stay
    fees   = min(open, sum of what the leavers owe by the date on which they left)      shared in proportion to what they owe
    reserve, then bearer = the rest of what is open, in this order; the bearer also keeps what the stayers pay above the cost

so that shares + fees + reserve + bearer = cost, to the cent. A fee is a percentage of the leaver's agreed price that steps up as
the start comes near, and after it. Nobody who stays pays a cent more or less than was agreed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cohort_opt.cost_sharing.game import proportional
from cohort_opt.cost_sharing.rounding import round_to_cents
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import CostShare
from cohort_opt.solution import Solution


@dataclass(frozen=True, slots=True)
class FeeStep:
    """Who leaves fewer than `days` days before the start owes `percent` of its agreed price; negative days lie after it."""

    days: int
    percent: int


@dataclass(frozen=True, slots=True)
class LeavingTerms:
    """What was declared before anybody left.

    Parameters
    ----------
    steps
        Fees by date; the step with the fewest days that still reaches the date counts, 0 percent where none does.
    reserve_cents
        Declared reserve for this class, at least 0.
    bearer
        Who bears what then stays open; the academy unless another is declared.

    Raises
    ------
    ValueError
        If a percentage lies outside 0 to 100, a fee falls as the start comes nearer, two steps share a day or the reserve is
        negative.
    """

    steps: tuple[FeeStep, ...] = ()
    reserve_cents: int = 0
    bearer: str = "academy"

    def __post_init__(self) -> None:
        """Refuse terms that contradict themselves."""
        ordered = sorted(self.steps, key=lambda step: -step.days)
        percents = [step.percent for step in ordered]
        if any(not 0 <= percent <= 100 for percent in percents):
            raise ValueError(f"fees of {percents} percent: each must lie between 0 and 100")
        if percents != sorted(percents) or len({step.days for step in self.steps}) < len(self.steps):
            raise ValueError(f"fees of {percents} percent towards the start: a fee never falls, and each day has one step")
        if self.reserve_cents < 0:
            raise ValueError(f"a reserve of {self.reserve_cents} cents: it must be at least 0")

    def percent_on(self, day: dt.date, start: dt.date) -> int:
        """Return the percentage that a company owes which leaves on this day a class that starts on that one."""
        left = (start - day).days
        return max((step.percent for step in self.steps if left < step.days), default=0)


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who pays for a class after some have left; companies ascending.

    Parameters
    ----------
    shares_cents
        Those who stay: their agreed prices.
    fees_cents
        Those who left: what they are charged, at most what they owe.
    reserve_cents
        Taken from the declared reserve.
    bearer_cents
        Borne by `bearer`; negative where the stayers pay more than the class still costs.
    """

    cost_cents: int
    shares_cents: Mapping[str, int]
    fees_cents: Mapping[str, int]
    reserve_cents: int
    bearer: str
    bearer_cents: int


def settle(
    cost_cents: int,
    agreed_cents: Mapping[str, int],
    left_on: Mapping[str, dt.date],
    start: dt.date,
    terms: LeavingTerms,
) -> Settlement:
    """Return who pays for a class that some companies have left.

    Parameters
    ----------
    cost_cents
        What the class costs without them.
    agreed_cents
        What was agreed with each company, those who left included.
    left_on
        The day on which each leaver left.
    start
        First day of the class.

    Raises
    ------
    ValueError
        If somebody left with whom no price was agreed.
    """
    if strangers := sorted(set(left_on) - set(agreed_cents)):
        raise ValueError(f"{', '.join(strangers)}: no price was agreed with them, so they cannot leave")
    shares = {company: agreed_cents[company] for company in sorted(agreed_cents) if company not in left_on}
    owed = {company: agreed_cents[company] * terms.percent_on(day, start) // 100 for company, day in sorted(left_on.items())}
    missing = cost_cents - sum(shares.values())
    charged = min(max(0, missing), sum(owed.values()))
    parts = [Fraction(0)] * len(owed) if charged == 0 else proportional(charged, tuple(owed.values()))
    fees = dict(zip(owed, round_to_cents(parts, tuple(owed)), strict=True))
    reserve = min(max(0, missing - charged), terms.reserve_cents)
    return Settlement(cost_cents, shares, fees, reserve, terms.bearer, missing - charged - reserve)


def settle_plan(
    instance: Instance, solution: Solution, shares: Iterable[CostShare], left_on: Mapping[str, dt.date], terms: LeavingTerms
) -> list[tuple[str, int, Settlement]]:
    """Return (class, seats that stay, settlement) of each class of a plan that somebody leaves; the agreed prices are the shares.

    A class that everybody leaves does not take place and costs nothing. Leavers without a seat change nothing.
    """
    agreed: dict[str, dict[str, int]] = {}
    seats: dict[str, dict[str, int]] = {}
    for share in shares:
        agreed.setdefault(share.class_id, {})[share.company] = share.share_cents
        seats.setdefault(share.class_id, {})[share.company] = share.seats
    offerings = {offering.id: offering for offering in instance.offerings}
    costs = ClassCosts.of(instance)
    found = []
    for planned in solution.classes:
        gone = {company: left_on[company] for company in agreed.get(planned.id, ()) if company in left_on}
        if not gone:
            continue
        size = sum(count for company, count in seats[planned.id].items() if company not in gone)
        cost = costs.fixed_cents(planned) + offerings[planned.offering].seat_cents * size if size else 0
        found.append((planned.id, size, settle(cost, agreed[planned.id], gone, planned.start, terms)))
    return found

"""Budgets that several claims share: who gets what when a pot is too small. Shares are whole cents and never exceed the pot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cohort_opt.packs.amounts import LEVELS, AdditionalPlace
from cohort_opt.packs.claims import Cents, Claim
from cohort_opt.packs.pack import RulePack, Scheme
from cohort_opt.packs.payment import period_of


@dataclass(frozen=True, slots=True)
class PotUse:
    """How full a pot is in one period.

    Parameters
    ----------
    budget_cents
        What is there; `None` = not published.
    claimed, paid
        Sum of the claims of this plan, and what of it the pot pays. Claims of others are not known.
    """

    pot: str
    pack: str
    status: str
    period: str
    budget_cents: int | None
    claimed: Cents
    paid: Cents

    @property
    def is_short(self) -> bool:
        """Return whether the pot is too small for the claims of this plan at any level."""
        return self.paid != self.claimed


@dataclass(frozen=True, slots=True, order=True)
class PotKey:
    """One pot of one pack in one period; the period is empty where the amount itself has a most for the whole alliance."""

    pot: str
    pack: str
    period: str


def scaled(claims: Sequence[tuple[dt.date, Claim]]) -> tuple[list[Cents], tuple[PotUse, ...]]:
    """Return what each claim is paid after the pots, in the order given, and the use of each pot.

    Parameters
    ----------
    claims
        Each with the day on which its class starts.
    """
    paid = [claim.cents for _, claim in claims]
    members: dict[PotKey, list[int]] = {}
    for i, (start, claim) in enumerate(claims):
        if (key := pot_key(claim, start)) is not None:
            members.setdefault(key, []).append(i)
    uses: list[PotUse] = []
    for key, rows in sorted(members.items(), key=lambda item: item[0]):
        pack, scheme = claims[rows[0]][1].eligible.pack, claims[rows[0]][1].eligible.scheme
        budget, first_come = _budget(pack, scheme)
        ordered = sorted(rows, key=lambda i: (claims[i][0], i)) if first_come else rows
        before = sum((paid[i] for i in rows), Cents())
        for i, cents in zip(ordered, _served([paid[i] for i in ordered], budget, first_come), strict=True):
            paid[i] = cents
        uses.append(PotUse(key.pot, pack.id, pack.status, key.period, budget, before, sum((paid[i] for i in rows), Cents())))
    return paid, tuple(uses)


def pot_key(claim: Claim, start: dt.date) -> PotKey | None:
    """Return the pot out of which a claim of a class that starts on this day is paid; `None` if out of none."""
    pack, scheme = claim.eligible.pack, claim.eligible.scheme
    if claim.money != "cash":
        return None
    if scheme.pot is not None:
        pot = next(pot for pot in pack.pots if pot.id == scheme.pot)
        return PotKey(pot.id, pack.id, period_of(pot, start))
    if any(isinstance(amount, AdditionalPlace) for amount in scheme.amounts):
        return PotKey(scheme.id, pack.id, "")
    return None


def pot_budget(claim: Claim) -> int | None:
    """Return what the pot of a claim holds in cents; `None` = not published, nothing is scaled."""
    return _budget(claim.eligible.pack, claim.eligible.scheme)[0]


def _budget(pack: RulePack, scheme: Scheme) -> tuple[int | None, bool]:
    """Return the budget in cents and whether it is first come, first served."""
    if scheme.pot is not None:
        pot = next(pot for pot in pack.pots if pot.id == scheme.pot)
        return pot.budget_cents, pot.when_short == "first_come"
    return sum(amount.max_cents for amount in scheme.amounts if isinstance(amount, AdditionalPlace)), False


def _served(claims: list[Cents], budget: int | None, first_come: bool) -> list[Cents]:
    if budget is None:
        return claims
    share = _first_come if first_come else _in_proportion
    levels = [share([cents.at(level) for cents in claims], budget) for level in LEVELS]
    return [Cents(*worlds) for worlds in zip(*levels, strict=True)]


def _in_proportion(claims: list[int], budget: int) -> list[int]:
    """Cut all claims alike; cents that rounding leaves go to the largest remainders, ties to the earlier claim."""
    total = sum(claims)
    if total <= budget:
        return claims
    shares = [claim * budget // total for claim in claims]
    order = sorted(range(len(claims)), key=lambda i: (-(claims[i] * budget % total), i))
    for i in order[: budget - sum(shares)]:
        shares[i] += 1
    return shares


def _first_come(claims: list[int], budget: int) -> list[int]:
    paid: list[int] = []
    for claim in claims:
        paid.append(min(claim, budget - sum(paid)))
    return paid

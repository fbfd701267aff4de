"""What happens to the prices of a night's classes when a company leaves: who pays what, by terms that were declared before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cohort_opt import FeeStep, Instance, LeavingTerms, Proposal, plan_of, settle_plan
from service.actors import Actor
from service.problems import Flaw, Refusal
from service.services import rounds, what_ifs
from service.services.context import Context

MOST_PERCENT = 100
MOST_DAYS = 1_000
MOST_CENTS = 10**9


@dataclass(frozen=True, slots=True)
class Leave:
    """Who leaves when, and the terms: `percent` of the agreed price is owed fewer than `days` days before the start."""

    company: str
    left_on: str
    days: object
    percent: object
    reserve_cents: object


@dataclass(frozen=True, slots=True)
class Row:
    """What one payer bears of a class: `stays`, `fee`, `reserve` or `bearer`."""

    payer: str
    why: str
    cents: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A class that somebody leaves: seats that stay, its cost without the leaver, and rows that add up to it."""

    class_id: str
    seats: int
    cost_cents: int
    rows: tuple[Row, ...]


def settlements(context: Context, actor: Actor, round_id: str, date: str, leave: Leave) -> list[Settled]:
    """Return the settlement of every class of a night's plan that the company leaves, for its planner; nothing is stored.

    Raises
    ------
    Refusal
        `unknown-reference` for a company without a seat, `out-of-range` or `invalid-date` for terms that are none.
    """
    rounds.must_plan(actor)
    proposal, given, _ = what_ifs.plan_of_night(context, round_id, date)
    instance, plan = Instance.model_validate(given), Proposal.model_validate(proposal)
    solution = plan_of(plan)
    shares = plan.cost_shares or ()
    if solution is None or leave.company not in {share.company for share in shares}:
        raise _refusal("unknown-reference", "company", "This company sits in no class of the plan, so it cannot leave one.")
    try:
        day = dt.date.fromisoformat(leave.left_on)
    except ValueError:
        raise _refusal("invalid-date", "left_on", "Write the day as 2027-03-01.") from None
    days = _whole(leave.days, "days", MOST_DAYS)
    percent = _whole(leave.percent, "percent", MOST_PERCENT)
    terms = LeavingTerms((FeeStep(days, percent),), _whole(leave.reserve_cents, "reserve", MOST_CENTS))
    found = settle_plan(instance, solution, shares, {leave.company: day}, terms)
    return [
        Settled(
            class_id, seats, settled.cost_cents,
            (
                *(Row(payer, "stays", cents) for payer, cents in settled.shares_cents.items()),
                *(Row(payer, "fee", cents) for payer, cents in settled.fees_cents.items()),
                Row("", "reserve", settled.reserve_cents),
                Row("", "bearer", settled.bearer_cents),
            ),
        )
        for class_id, seats, settled in found
    ]  # fmt: skip


# ---- inside --------------------------------------------------------------------------------------------------------------


def _whole(value: object, field: str, most: int) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise _refusal("out-of-range", field, f"Lies between 0 and {most}.")
    return value


def _refusal(code: str, field: str, detail: str) -> Refusal:
    return Refusal(code, detail, (Flaw(f"/{field}", code, detail),))

import datetime as dt
import random
from dataclasses import replace

import pytest

from cohort_opt.cost_sharing.leaving import FeeStep, LeavingTerms, settle
from cohort_opt.cost_sharing.leaving_check import leaving_breaches

START = dt.date(2027, 3, 1)
STEPS = (FeeStep(42, 25), FeeStep(14, 50), FeeStep(0, 100))
"""A quarter within six weeks, half within two, everything once the class has begun."""
AGREED = {"alder": 500_000, "birch": 400_000, "cedar": 300_000}


def left(days_before, **terms):
    """Return the settlement after cedar left so many days before the start; the class of nine now costs 10,800 euros."""
    return settle(1_080_000, AGREED, {"cedar": START - dt.timedelta(days=days_before)}, START, LeavingTerms(STEPS, **terms))


@pytest.mark.parametrize(
    ("days_before", "fee"),
    [(42, 0), (41, 75_000), (14, 75_000), (13, 150_000), (0, 150_000), (-1, 180_000)],
)
def test_the_fee_steps_up_as_the_start_comes_near(days_before, fee):
    # Open: 1,080,000 - 900,000 = 180,000. cedar owes 25 % of 300,000, then 50 %, then all: 300,000, of which 180,000 are open.
    assert left(days_before).fees_cents == {"cedar": fee}


def test_those_who_stay_pay_what_was_agreed():
    assert left(0).shares_cents == {"alder": 500_000, "birch": 400_000}


def test_the_reserve_pays_after_the_leaver_and_the_bearer_last():
    # 180,000 open, 75,000 by cedar, 60,000 from the reserve, 45,000 stay with the academy.
    found = left(20, reserve_cents=60_000)
    assert (found.fees_cents["cedar"], found.reserve_cents, found.bearer, found.bearer_cents) == (
        75_000,
        60_000,
        "academy",
        45_000,
    )
    assert left(20, reserve_cents=500_000).bearer_cents == 0
    assert left(20, bearer="association").bearer == "association"


def test_several_leavers_share_what_is_open_by_what_they_owe():
    # birch owes 200,000, cedar 150,000; the class for alder costs 600,000, of which 100,000 are open: 57,142.86 and 42,857.14.
    day = START - dt.timedelta(days=1)
    found = settle(600_000, AGREED, {"birch": day, "cedar": day}, START, LeavingTerms(STEPS))
    assert found.fees_cents == {"birch": 57_143, "cedar": 42_857}
    assert (found.reserve_cents, found.bearer_cents) == (0, 0)


def test_what_the_stayers_pay_above_the_cost_stays_with_the_bearer():
    found = settle(850_000, AGREED, {"cedar": START}, START, LeavingTerms(STEPS))
    assert (found.fees_cents, found.bearer_cents) == ({"cedar": 0}, -50_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": (FeeStep(10, 101),)},
        {"steps": (FeeStep(10, 50), FeeStep(5, 40))},
        {"steps": (FeeStep(10, 50), FeeStep(10, 60))},
        {"reserve_cents": -1},
    ],
)
def test_terms_that_contradict_themselves_are_refused(wrong):
    with pytest.raises(ValueError, match=r"fee|reserve"):
        LeavingTerms(**wrong)


def test_who_had_no_agreement_cannot_leave():
    with pytest.raises(ValueError, match="dune: no price was agreed"):
        settle(1, AGREED, {"dune": START}, START, LeavingTerms())


@pytest.mark.parametrize("seed", range(300))
def test_every_settlement_adds_up_and_keeps_the_agreement(seed):
    rng = random.Random(seed)
    agreed = {f"c{i}": rng.randint(0, 50_000) for i in range(rng.randint(1, 6))}
    gone = rng.sample(sorted(agreed), rng.randint(0, len(agreed)))
    left_on = {company: START - dt.timedelta(days=rng.randint(-20, 60)) for company in gone}
    terms = LeavingTerms(STEPS[: rng.randint(0, 3)], rng.choice((0, 999, 40_000)), rng.choice(("academy", "association")))
    found = settle(rng.randint(0, 200_000), agreed, left_on, START, terms)
    assert leaving_breaches(found, agreed, left_on, START, terms) == ()
    paid = sum(found.shares_cents.values()) + sum(found.fees_cents.values()) + found.reserve_cents + found.bearer_cents
    assert paid == found.cost_cents


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"bearer_cents": 45_001}, "adds_up"),
        ({"shares_cents": {"alder": 500_001, "birch": 399_999}}, "agreed_prices_hold"),
        ({"shares_cents": {"alder": 500_000, "birch": 400_000, "cedar": 0}}, "agreed_prices_hold"),
        ({"fees_cents": {"cedar": 75_001}, "bearer_cents": 44_999}, "fees_by_date"),
        ({"fees_cents": {"cedar": 74_999}, "bearer_cents": 45_001}, "order_of_payers: the reserve pays while a leaver"),
        ({"reserve_cents": 59_999, "bearer_cents": 45_001}, "order_of_payers: academy pays"),
        ({"reserve_cents": 60_001, "bearer_cents": 44_999}, "order_of_payers: 60001"),
        ({"bearer": "alder"}, "order_of_payers: alder bears"),
    ],
)
def test_the_judge_finds_every_breach(change, promise):
    day = START - dt.timedelta(days=20)
    terms = LeavingTerms(STEPS, 60_000)
    wrong = replace(left(20, reserve_cents=60_000), **change)
    assert any(said.startswith(promise) for said in leaving_breaches(wrong, AGREED, {"cedar": day}, START, terms))

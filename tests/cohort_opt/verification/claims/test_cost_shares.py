"""Cost shares: each class is paid for to the cent by those who sit in it, and nobody pays above a cap."""

import pytest

from cohort_opt.proposal import CostShare
from cohort_opt.verification.claims import cost_shares
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.cohort_opt.verification.plans import SAWING, village, village_proposal
from tests.cohort_opt.verification.proposals import complaints, less, refused, rows

# Rows: 0 drilling #1 acme, 1 drilling #1 bolt, 2 drilling #2 bolt, 3 drilling #2 cito, 4 sawing acme, 5 sawing bolt, 6 cito.


@pytest.mark.parametrize("off", [-1, 1])
@pytest.mark.parametrize("place", range(7))
def test_a_share_that_is_off_by_a_cent_is_refused(place, off):
    cents = village_proposal().cost_shares[place].share_cents + off
    assert "cost_shares" in refused(**rows("cost_shares", place, share_cents=cents))


def test_the_sum_of_a_class_is_named():
    found = complaints(**rows("cost_shares", 0, share_cents=686_249))
    assert "Class[drilling-academy/2027-03-01/block5#1]: the shares add up to 1097999 cents, the class costs 1098000" in found


def test_the_cent_left_over_goes_to_the_largest_remainder():
    # Bolt in place of acme: the sum is right, each is within a cent, the method is not followed.
    table = list(village_proposal().cost_shares)
    table[4] = table[4].model_copy(update={"share_cents": 360_000})
    table[5] = table[5].model_copy(update={"share_cents": 240_001})
    found = complaints(cost_shares=tuple(table))
    assert f"Class[{SAWING}#1], Company[acme]: share 360000 cents for 3 seats, at an equal price it is 360001" in found


@pytest.mark.parametrize("place", range(7))
def test_a_company_that_pays_nothing_for_its_seats_is_missed(place):
    assert "cost_shares" in refused(**less("cost_shares", place))


def test_a_company_pays_once():
    table = village_proposal().cost_shares
    doubled = (*table[:1], *table)
    assert "the company has 5 seats there and 2 shares, it must have one" in complaints(cost_shares=doubled)[0]


def test_a_stranger_does_not_pay():
    stranger = CostShare(class_id=f"{SAWING}#1", company="zeta", seats=0, share_cents=0, method="equal")
    table = (*village_proposal().cost_shares, stranger)
    assert complaints(cost_shares=table) == [
        f"Class[{SAWING}#1], Company[zeta]: a share is listed, but the company has no seat there"
    ]


def test_a_share_for_a_class_that_does_not_exist_is_refused():
    stranger = CostShare(class_id="zzz#1", company="acme", seats=0, share_cents=0, method="equal")
    assert refused(cost_shares=(*village_proposal().cost_shares, stranger)) == ("cost_shares",)


def test_a_share_names_the_seats_that_it_pays():
    assert "cost_shares" in refused(**rows("cost_shares", 2, seats=4))


def test_nobody_is_paid_for_taking_a_seat():
    table = list(village_proposal().cost_shares)
    table[5] = table[5].model_copy(update={"share_cents": -1, "method": "other"})
    assert any("share -1 cents is below 0" in text for text in complaints(cost_shares=tuple(table)))


def test_one_method_divides_a_class():
    found = complaints(**rows("cost_shares", 6, method="own idea"))
    assert any("it is divided by equal and own idea" in text for text in found)


def test_another_method_is_judged_by_its_sum_alone():
    # 100 cents move from acme to bolt; pooling says the same: shares, together and gain of both.
    table = list(village_proposal().cost_shares)
    for place, cents in ((4, -100), (5, 100), (6, 0)):
        share = table[place].share_cents + cents
        table[place] = table[place].model_copy(update={"share_cents": share, "method": "other"})
    pooling = list(village_proposal().pooling)
    # Acme's sawing has no outside option: its gain stays.
    pooling[0] = pooling[0].model_copy(update={"share_cents": 1_046_151, "together_cents": 1_059_751})
    pooling[1] = pooling[1].model_copy(update={"share_cents": 1_182_350, "together_cents": 1_211_150, "gain_cents": -109_150})
    assert refused(cost_shares=tuple(table), pooling=tuple(pooling)) == ()


# Acme pays 686,250 for five seats, 137,250 each.
@pytest.mark.parametrize(("cap", "expected"), [(137_250, ()), (137_249, ("price_cap", "cost_shares"))])
def test_a_share_stays_under_the_cap_of_its_line(cap, expected):
    demands = (village().demands[0].model_copy(update={"max_seat_price_cents": cap}), *village().demands[1:])
    instance = village().model_copy(update={"demands": demands})
    proposal = village_proposal().model_copy(update={"instance_fingerprint": instance.fingerprint()})
    assert verify_proposal(instance, proposal).broken == expected


def test_another_method_must_respect_the_cap_too():
    # The class costs 137,250 a seat, under the cap of 140,000; all of it on acme is 1,098,000 for five seats.
    table = list(village_proposal().cost_shares)
    table[0] = table[0].model_copy(update={"share_cents": 1_098_000, "method": "other"})
    table[1] = table[1].model_copy(update={"share_cents": 0, "method": "other"})
    found = complaints(cost_shares=tuple(table))
    assert any("Demand[acme-drilling] pays 1098000 cents for 5 seats, its cap allows 700000" in text for text in found)


def test_shares_ascend_by_class_and_company():
    table = village_proposal().cost_shares
    assert refused(cost_shares=(table[1], table[0], *table[2:])) == ("cost_shares",)


def test_it_needs_a_plan():
    assert cost_shares.needs_plan()

"""Price cap: 'only if the seat costs at most x' is measured at the size that the class really has."""

import pytest

from cohort_opt.verification.rules import price_cap
from tests.builders import demand, make_instance, offering
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("price_cap",)


def _cap(cents, **changes):
    capped = demand("bolt-drilling", count=4, max_seat_price_cents=cents)
    return make_instance(demands=[demand("acme-drilling"), capped], **changes)


# 950,000 + 9 x 18,500 = 1,116,500 for nine: 124,055.56 a seat.
@pytest.mark.parametrize(("cap", "expected"), [(124_056, ()), (124_055, RULE)])
def test_the_price_of_a_full_enough_class_is_under_the_cap(cap, expected):
    assert broken(_cap(cap), planned()) == expected


# 950,000 + 8 x 18,500 = 1,098,000 for eight: 137,250 a seat, exactly.
@pytest.mark.parametrize(("cap", "expected"), [(137_250, ()), (137_249, RULE)])
def test_a_price_that_meets_the_cap_is_under_it(cap, expected):
    eight = planned({"acme-drilling": 4, "bolt-drilling": 4})
    assert broken(_cap(cap), eight, without={"acme-drilling": 1}) == expected


def test_a_line_that_waits_pays_nothing():
    instance = make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", max_seat_price_cents=0)])
    assert broken(instance, planned({"acme-drilling": 8}), without={"bolt-drilling": 5}) == ()


def test_a_cap_of_nothing_accepts_a_class_that_costs_nothing():
    free = [offering(fixed_cents=0, seat_cents=0)]
    assert broken(_cap(0, offerings=free), planned()) == ()
    assert broken(_cap(0, offerings=[offering(fixed_cents=1, seat_cents=0)]), planned()) == RULE


def test_the_message_names_cost_size_price_and_cap():
    assert message(_cap(124_055), planned()).endswith(
        "1116500 cents for 9 trainees make 124056 a seat, above the cap of 124055 of Demand[bolt-drilling] (4 trainees)"
    )


def test_only_lines_with_a_cap_are_looked_at():
    assert checked("price_cap", _cap(200_000), planned()) == 1


def test_it_applies_where_a_line_has_a_cap():
    assert price_cap.applies(_cap(0))
    assert not price_cap.applies(make_instance())

"""Stand-alone price: share and journeys cost at most the cheapest outside option of those trainees."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.records import OutsideOptions
from cohort_opt.verification.rules import stand_alone_price
from tests.builders import demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("stand_alone_price",)


def _outside(**options):
    """Return the base instance with acme asking to pay no more than outside."""
    asks = demand("acme-drilling", not_above_alone=True, outside=OutsideOptions(**options))
    return make_instance(demands=[asks, demand("bolt-drilling", count=4)])


# Five of nine: 1,116,500 x 5 / 9 = 620,277.78 and journeys of 5 x 2,000: 630,277.78, or 126,055.56 each.
@pytest.mark.parametrize(("cents", "expected"), [(126_056, ()), (126_055, RULE)])
def test_a_seat_costs_no_more_than_one_elsewhere(cents, expected):
    assert broken(_outside(list_price_cents=cents), planned()) == expected


@pytest.mark.parametrize(("fixed", "expected"), [(630_278, ()), (630_277, RULE)])
def test_a_course_of_its_own_is_compared_for_all_of_them(fixed, expected):
    assert broken(_outside(own_course_fixed_cents=fixed, own_course_seat_cents=0), planned()) == expected


def test_the_cheaper_option_counts_and_the_way_there_too():
    assert broken(_outside(list_price_cents=500_000, own_course_fixed_cents=1, own_course_seat_cents=0), planned()) == RULE
    assert broken(_outside(list_price_cents=120_000, travel_cents=6_056), planned()) == ()


def test_the_fewer_sit_there_the_cheaper_each_would_have_to_be_outside():
    # A course of their own at 700,000 is dearer for five than the class (630,278), and for four alone 175,000 each.
    instance = _outside(own_course_fixed_cents=700_000, own_course_seat_cents=0)
    four = planned({"acme-drilling": 4, "bolt-drilling": 4})
    assert broken(instance, four, without={"acme-drilling": 1}) == ()


def test_who_pays_less_outside_waits_rather_than_pay_more():
    assert propose(_outside(list_price_cents=126_056)).objective_cents == 1_142_500
    assert propose(_outside(list_price_cents=126_055)).objective_cents == 9_000_000


def test_the_message_names_share_journeys_and_option():
    assert message(_outside(list_price_cents=1), planned()).endswith(
        "5 trainees of Demand[acme-drilling] pay 620278 cents and 10000 for journeys, outside they would pay 5"
    )


def test_it_applies_where_a_line_asks():
    assert stand_alone_price.applies(_outside(list_price_cents=1))
    assert not stand_alone_price.applies(make_instance())
    assert checked("stand_alone_price", _outside(list_price_cents=200_000), planned()) == 1

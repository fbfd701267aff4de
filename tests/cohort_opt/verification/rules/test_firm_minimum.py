"""Firm minimum: likely and maybe lines come on top of a class that is full enough without them."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.verification.rules import firm_minimum
from tests.builders import course, demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("firm_minimum",)


def _unsure(least=8, percent=70, certainty="likely"):
    """Return the base instance with bolt's four less than firm."""
    bolt = demand("bolt-drilling", count=4, certainty=certainty, probability_percent=percent)
    return make_instance(demands=[demand("acme-drilling"), bolt], courses=[course(min_seats=least)])


@pytest.mark.parametrize(("least", "expected"), [(5, ()), (6, RULE)])
@pytest.mark.parametrize("certainty", ["likely", "maybe"])
def test_five_firm_trainees_carry_a_minimum_of_five(least, expected, certainty):
    assert broken(_unsure(least, certainty=certainty), planned()) == expected


@pytest.mark.parametrize(("percent", "price"), [(70, 700_000), (1, 10_000), (99, 990_000)])
def test_whoever_may_stay_away_waits_at_a_lower_price(percent, price):
    # Nobody can carry the class: acme's five wait at the full price, bolt's four at theirs.
    assert propose(_unsure(percent=percent)).objective_cents == 5_000_000 + 4 * price


def test_they_sit_in_a_class_that_holds_without_them():
    # 950,000 + 9 x 18,500 + 10,000 + 16,000, as if all were firm.
    assert propose(_unsure(5)).objective_cents == 1_142_500


def test_the_message_names_class_firm_trainees_and_minimum():
    assert message(_unsure(6), planned()).endswith("5 of its 9 trainees are firm, its minimum is 6")


def test_it_applies_where_a_line_is_less_than_firm():
    assert firm_minimum.applies(_unsure())
    assert not firm_minimum.applies(make_instance())
    assert checked("firm_minimum", _unsure(5), planned()) == 1

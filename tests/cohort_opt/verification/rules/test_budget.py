"""Budget: the equal shares of a company over the classes of a period."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.verification.rules import budget
from tests.builders import MONDAY, company, day, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("budget",)


def _budget(cents, first=None, last=None):
    acme = company("acme", budget_cents=cents, budget_first=first, budget_last=last)
    return make_instance(companies=[acme, company("bolt")])


# Five of nine seats: 950,000 x 5 / 9 = 527,777.78, rounded up, and 5 x 18,500 = 92,500.
@pytest.mark.parametrize(("cents", "expected"), [(620_278, ()), (620_277, RULE)])
def test_the_share_of_five_in_nine_seats_stays_within_the_budget(cents, expected):
    assert broken(_budget(cents), planned()) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (MONDAY, MONDAY, RULE),
        (None, day(days=-1), ()),
        (day(days=1), None, ()),
        (day(days=-9), day(days=9), RULE),
    ],
)
def test_only_classes_that_start_in_the_period_count(first, last, expected):
    assert broken(_budget(1, first, last), planned()) == expected


def test_who_cannot_pay_sends_fewer():
    # Four of acme in a class of eight: 475,000 + 74,000 = 549,000. One waits: 950,000 + 8 x 18,500 + 8,000 + 16,000 + 1,000,000.
    assert propose(_budget(620_278)).objective_cents == 1_142_500
    assert propose(_budget(549_000)).objective_cents == 2_122_000
    assert propose(_budget(548_999)).objective_cents == 9_000_000


def test_the_message_names_what_it_comes_to():
    assert message(_budget(1), planned()) == "Company[acme]: its equal shares come to 620278 cents, above its budget of 1"


def test_it_applies_to_companies_with_a_budget():
    assert budget.applies(_budget(0))
    assert not budget.applies(make_instance())
    assert checked("budget", _budget(10**6), planned()) == 1

"""Company closed days: nobody is called to a class on a day on which the company lets nobody go."""

import pytest

from cohort_opt.problem.records import DatePeriod
from cohort_opt.verification.rules import company_closed_days
from tests.builders import company, day, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("company_closed_days",)


def _closed(*periods):
    closed = tuple(DatePeriod(first=first, last=last, name=name) for first, last, name in periods)
    return make_instance(companies=[company("acme"), company("bolt", closed=closed)])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (day(days=-1), day(days=-1), ()),  # the Sunday before the class
        (day(days=-1), day(), RULE),  # its first day
        (day(days=2), day(days=2), RULE),  # in the midst of it
        (day(days=4), day(days=9), RULE),  # its last day
        (day(days=5), day(days=9), ()),  # the Saturday after it
        (day(weeks=-9), day(weeks=9), RULE),
    ],
)
def test_a_class_keeps_clear_of_closed_days(first, last, expected):
    assert broken(_closed((first, last, "stocktaking")), planned()) == expected


def test_overlapping_periods_are_all_respected():
    periods = [(day(-2), day(days=-3), "a"), (day(-1), day(days=-3), "b"), (day(-2), day(days=1), "c")]
    assert broken(_closed(*periods), planned()) == RULE


def test_a_long_period_is_not_hidden_by_a_short_one_inside_it():
    # A period of four weeks holds the class; a short one inside it begins later and ends earlier.
    assert broken(_closed((day(-2), day(2), "long"), (day(-1), day(days=-3), "short")), planned()) == RULE


def test_only_the_company_that_is_closed_matters():
    instance = _closed((day(), day(), "stocktaking"))
    acme_only = planned({"acme-drilling": 8})
    assert "company_closed_days" not in broken(instance, acme_only, without={"bolt-drilling": 4})


def test_the_message_names_the_day_and_the_reason():
    assert message(_closed((day(days=2), day(days=3), "stocktaking")), planned()).endswith(
        "it teaches on 2027-03-03, when Company[bolt] is closed (stocktaking) and Demand[bolt-drilling] has 4 trainees in it"
    )


def test_only_companies_with_closed_days_are_looked_at():
    assert checked("company_closed_days", _closed((day(5), day(5), "x")), planned()) == 1


def test_it_applies_where_a_company_has_closed_days():
    assert company_closed_days.applies(_closed((day(), day(), "x")))
    assert not company_closed_days.applies(make_instance())

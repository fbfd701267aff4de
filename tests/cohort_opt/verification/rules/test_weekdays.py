"""Weekdays: every day of the class is one that the line accepts."""

import pytest

from cohort_opt.problem.fields import Weekday
from cohort_opt.verification.rules import weekdays
from tests.builders import course, day, demand, make_instance, offering, release
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("weekdays",)
MON, TUE, WED, THU, FRI = Weekday


def _accepts(*days, **changes):
    return make_instance(demands=[demand("acme-drilling"), demand("bolt-drilling", count=4, weekdays=days)], **changes)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((MON, TUE, WED, THU, FRI), ()),
        ((MON, TUE, WED, THU), RULE),
        ((TUE, WED, THU, FRI), RULE),
        ((WED,), RULE),
    ],
)
def test_a_whole_week_needs_all_five_days(days, expected):
    assert broken(_accepts(*days), planned()) == expected


@pytest.mark.parametrize(("days", "expected"), [((MON,), ()), ((MON, FRI), ()), ((TUE, FRI), RULE)])
def test_day_release_on_mondays_needs_mondays_only(days, expected):
    on_mondays = planned(pattern="release3", dates=(day(), day(weeks=1), day(weeks=2)))
    assert broken(_accepts(*days, courses=[course(patterns=(release(3),))]), on_mondays) == expected


def test_a_line_that_waits_minds_no_day():
    instance = make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4, weekdays=(WED,))])
    assert broken(instance, planned({"acme-drilling": 8}), without={"bolt-drilling": 4}) == ()


def test_the_message_names_the_day_and_what_is_accepted():
    assert message(_accepts(MON, TUE), planned()).endswith(
        "it teaches on Wednesday 2027-03-03, Demand[bolt-drilling] (4 trainees) accepts only mon, tue"
    )


def test_a_weekend_is_the_business_of_the_calendar():
    # Saturday 6 March: no line can accept it, and the calendar says so once.
    dates = (day(), day(days=5))
    instance = _accepts(MON, offerings=[offering()], courses=[course(patterns=(release(2),))])
    assert "weekdays" not in broken(instance, planned(pattern="release2", dates=dates))


def test_only_lines_that_exclude_a_day_are_looked_at():
    assert checked("weekdays", _accepts(MON, TUE), planned()) == 1


def test_it_applies_where_a_line_excludes_a_day():
    assert weekdays.applies(_accepts(MON))
    assert not weekdays.applies(make_instance())

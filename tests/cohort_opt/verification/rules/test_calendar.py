"""Calendar: every teaching day lies in the horizon, from Monday to Friday, and is not closed."""

import pytest

from cohort_opt.problem.records import DatePeriod
from cohort_opt.verification.rules import calendar as rule
from tests.builders import calendar, course, day, make_instance, offering, release
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("calendar",)


def _ending(end):
    """Return an instance whose horizon ends there; copied past the check that would refuse an offering without a run."""
    return make_instance().model_copy(update={"calendar": calendar(end=end)})


@pytest.mark.parametrize(("end", "expected"), [(day(days=4), ()), (day(days=3), RULE)])
def test_a_class_ends_on_the_last_day_of_the_horizon_but_not_after(end, expected):
    assert broken(_ending(end), planned()) == expected


@pytest.mark.parametrize(("start", "expected"), [(day(), ()), (day(days=1), RULE)])
def test_a_class_starts_on_the_first_day_of_the_horizon_but_not_before(start, expected):
    instance = make_instance(calendar=calendar(start=start), offerings=[offering(last_start=day(weeks=2))])
    assert broken(instance, planned()) == expected


def _closed(first, last):
    return calendar(closed=(DatePeriod(first=first, last=last, name="founders' day"),))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(day(days=-1), day(days=-1), ()), (day(days=-1), day(), RULE), (day(days=5), day(weeks=3), ())],
)
def test_a_class_does_not_start_on_a_closed_day(first, last, expected):
    assert broken(make_instance(calendar=_closed(first, last)), planned()) == expected


def test_a_class_that_ignores_a_holiday_breaks_the_calendar_and_its_pattern():
    # The pattern skips the closed Wednesday; a class that teaches on it is wrong on both counts.
    instance = make_instance(calendar=_closed(day(days=2), day(days=2)))
    assert broken(instance, planned()) == ("release_pattern", "calendar")


def test_nobody_teaches_on_a_weekend():
    weekend = planned(pattern="release2", start=day(days=5), dates=(day(days=5), day(days=12)))
    instance = make_instance(courses=[course(patterns=(release(2),))], offerings=[offering(last_start=day(weeks=2))])
    # No offering can start on a Saturday either.
    assert broken(instance, weekend) == ("calendar", "offering")


def test_the_message_names_the_day_and_the_closure():
    assert message(make_instance(calendar=_closed(day(), day())), planned()).endswith(
        "it teaches on 2027-03-01, a closed day (founders' day)"
    )
    assert message(_ending(day(days=3)), planned()).endswith(
        "it teaches on 2027-03-05, outside the calendar 2027-03-01 to 2027-03-04"
    )


def test_each_day_of_each_class_is_looked_at():
    assert checked("calendar", make_instance(), planned()) == 5


def test_it_always_applies():
    assert rule.applies(make_instance(demands=[]))

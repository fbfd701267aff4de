"""Start window: a class starts between the earliest and the latest start of each of its lines."""

import pytest

from cohort_opt.verification.rules import start_window
from tests.builders import day, demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("start_window",)


def _window(earliest, latest):
    return make_instance(
        demands=[demand("acme-drilling"), demand("bolt-drilling", count=4, earliest_start=earliest, latest_start=latest)]
    )


@pytest.mark.parametrize(("earliest", "expected"), [(day(), ()), (day(days=1), RULE)])
def test_a_class_starts_on_the_earliest_day_but_not_before(earliest, expected):
    assert broken(_window(earliest, day(weeks=8)), planned()) == expected


@pytest.mark.parametrize(("latest", "expected"), [(day(), ()), (day(days=-1), RULE)])
def test_a_class_starts_on_the_latest_day_but_not_after(latest, expected):
    # The window begins a week before the horizon, so that it can end the day before the class starts.
    instance = make_instance(calendar=make_instance().calendar.model_copy(update={"start": day(weeks=-1)}))
    instance = instance.model_copy(update={"demands": _widened(latest)})
    assert broken(instance, planned()) == expected


def _widened(latest):
    return (
        demand("acme-drilling", earliest_start=day(weeks=-1)),
        demand("bolt-drilling", count=4, earliest_start=day(weeks=-1), latest_start=latest),
    )


def test_a_window_of_one_day_is_enough():
    assert broken(_window(day(), day()), planned()) == ()


def test_the_message_names_both_days():
    assert message(_window(day(days=1), day(weeks=8)), planned()).endswith(
        "it starts on 2027-03-01, before the earliest start 2027-03-02 of Demand[bolt-drilling] (4 trainees)"
    )


def test_every_membership_is_looked_at():
    assert checked("start_window", _window(day(), day()), planned()) == 2


def test_it_applies_where_somebody_asks():
    assert start_window.applies(make_instance())
    assert not start_window.applies(make_instance(demands=[]))

"""Site load: a site opens in a year for enough trainees or for nobody."""

import datetime as dt

import pytest

from cohort_opt.problem.records import Distance
from cohort_opt.verification.rules import site_load
from tests.builders import calendar, day, demand, make_instance, offering, room, site
from tests.cohort_opt.verification.plans import broken, checked, message, planned, week_from

RULE = ("site_load",)


def _opens_for(least):
    """Return nine trainees of acme and eight of bolt, and starts in two weeks, at a site that opens for so many a year."""
    return make_instance(
        sites=[site(min_seats_per_year=least)],
        offerings=[offering(last_start=day(weeks=1))],
        demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=8)],
    )


def _classes():
    return planned({"acme-drilling": 9}), planned({"bolt-drilling": 8}, start=day(weeks=1))


@pytest.mark.parametrize(("least", "expected"), [(17, ()), (18, RULE)])
def test_all_classes_of_the_year_count_together(least, expected):
    assert broken(_opens_for(least), *_classes()) == expected


@pytest.mark.parametrize(("least", "expected"), [(9, ()), (10, RULE)])
def test_one_class_is_too_few_for_a_busier_site(least, expected):
    assert broken(_opens_for(least), _classes()[0], without={"bolt-drilling": 8}) == expected


def test_a_site_may_stay_empty():
    assert broken(_opens_for(100_000), without={"acme-drilling": 9, "bolt-drilling": 8}) == ()


def test_another_site_does_not_help():
    there = make_instance(
        sites=[site(min_seats_per_year=10), site("hall")],
        rooms=[room(), room("yard", site="hall")],
        offerings=[offering(), offering("drilling-hall", site="hall", room="yard", first_start=day(1), last_start=day(1))],
        demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=8)],
        distances=[Distance(company=c, site=s, km=5) for c in ("acme", "bolt") for s in ("academy", "hall")],
    )
    hall = planned({"bolt-drilling": 8}, start=day(weeks=1), offering="drilling-hall", site="hall", room="yard")
    assert broken(there, _classes()[0], hall) == RULE


def test_a_class_counts_in_the_year_in_which_it_starts():
    # Nine start on Monday 27 December 2027 and end on the 31st, eight start on 3 January 2028: neither year has ten.
    first, second = dt.date(2027, 12, 27), dt.date(2028, 1, 3)
    turn = make_instance(
        calendar=calendar(start=dt.date(2027, 12, 1), end=dt.date(2028, 2, 28)),
        sites=[site(min_seats_per_year=10)],
        offerings=[offering(first_start=first, last_start=second)],
        demands=[
            demand(line, count=count, earliest_start=first, latest_start=second)
            for line, count in (("acme-drilling", 9), ("bolt-drilling", 8))
        ],
    )
    december = planned({"acme-drilling": 9}, start=first, dates=week_from(first))
    january = planned({"bolt-drilling": 8}, start=second, dates=week_from(second))
    assert broken(turn, december, january) == RULE
    assert checked("site_load", turn, december, january) == 2


def test_the_message_names_site_year_and_both_numbers():
    assert message(_opens_for(18), *_classes()) == "Site[academy]: it holds 17 in 2027, and opens for 18 or more"


def test_it_applies_to_sites_with_a_least_load():
    assert site_load.applies(_opens_for(1))
    assert not site_load.applies(make_instance())

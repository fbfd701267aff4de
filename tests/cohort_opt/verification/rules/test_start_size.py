"""Start size: so many start that the minimum stays as surely as asked."""

import pytest

from cohort_opt.problem.class_sizes import least_start, most_accepted
from cohort_opt.verification.rules import start_size
from tests.builders import course, demand, make_instance, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("start_size",)


def _course(keep, **changes):
    return course(min_seats=8, max_seats=20, survival_percent=66, keep_min_percent=keep, **changes)


@pytest.mark.parametrize(("keep", "start"), [(61, 12), (62, 13), (90, 15)])
def test_at_66_percent_twelve_starters_keep_eight_with_61_percent_and_fifteen_with_90(keep, start):
    # P(Binomial(12, 0.66) >= 8) = 0.6125; 13: 0.743; 14: 0.844; 15: 0.9116.
    assert least_start(_course(keep)) == start


def test_without_a_survival_curve_the_minimum_starts():
    assert least_start(course(min_seats=8)) == 8
    assert least_start(course(min_seats=8, survival_percent=100, keep_min_percent=99)) == 8


def test_no_class_of_500_keeps_eight_at_one_percent():
    # Of 500 only five are expected to stay.
    assert least_start(course(min_seats=8, survival_percent=1, keep_min_percent=99)) is None


def _instance(keep):
    return make_instance(courses=[_course(keep)], rooms=[room(seats=20)], demands=[demand("acme-drilling", count=12)])


@pytest.mark.parametrize(("keep", "expected"), [(61, ()), (62, RULE)])
def test_twelve_starters_are_enough_for_61_percent_and_too_few_for_62(keep, expected):
    assert broken(_instance(keep), planned({"acme-drilling": 12})) == expected


def test_the_message_says_how_surely_the_minimum_stays():
    assert message(_instance(90), planned({"acme-drilling": 12})) == (
        "Class[drilling-academy/2027-03-01/block5#1]: of 12 starters at least 8 stay with 61 % only, "
        "Course[drilling] asks for 90 %"
    )


def test_a_course_without_the_curve_is_not_looked_at():
    assert checked("start_size", make_instance(), planned()) == 0
    assert not start_size.applies(make_instance())
    assert start_size.applies(_instance(61))


def test_over_booking_accepts_as_many_as_are_expected_to_fit():
    # 13 x 90 = 1170 <= 1200 < 1260 = 14 x 90.
    assert most_accepted(course(max_seats=12, show_percent=90)) == 13
    assert most_accepted(course(max_seats=12, show_percent=90), room_seats=10) == 11
    assert most_accepted(course(max_seats=12)) == 12

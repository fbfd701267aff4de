"""Price spread: seats of one course cost nearly the same in all its classes."""

import pytest

from cohort_opt.verification.rules import price_spread
from tests.builders import course, day, demand, make_instance, offering
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("price_spread",)


def _spread(cents, second_seat=18_500):
    """Return ten of acme and eight of bolt; classes may start in two weeks, sawing is taught too."""
    return make_instance(
        courses=[course("drilling", max_price_spread_cents=cents), course("sawing")],
        offerings=[
            offering(last_start=day(weeks=1)),
            offering("sawing-academy", course="sawing", seat_cents=second_seat, last_start=day(weeks=3)),
        ],
        demands=[
            demand("acme-drilling", count=10),
            demand("bolt-drilling", count=8),
            demand("bolt-sawing", course_id="sawing", count=8),
        ],
    )


def _classes():
    return planned({"acme-drilling": 10}), planned({"bolt-drilling": 8}, start=day(weeks=1))


# Ten seats cost 95,000 + 18,500 each, eight 118,750 + 18,500: 23,750 apart.
@pytest.mark.parametrize(("cents", "expected"), [(23_750, ()), (23_749, RULE)])
def test_a_small_class_is_dearer_by_no_more_than_the_course_allows(cents, expected):
    assert broken(_spread(cents), *_classes(), without={"bolt-sawing": 8}) == expected


def test_one_class_has_no_spread():
    assert broken(_spread(0), _classes()[0], without={"bolt-drilling": 8, "bolt-sawing": 8}) == ()


def test_another_course_may_cost_what_it_likes():
    sawing = planned({"bolt-sawing": 8}, offering="sawing-academy", course="sawing", start=day(weeks=3))
    assert broken(_spread(23_750, second_seat=9), *_classes(), sawing) == ()


def test_the_message_names_both_classes():
    assert "137250 cents in Class[drilling-academy/2027-03-08/block5#1] and 113500 in Class[" in message(
        _spread(1), *_classes(), without={"bolt-sawing": 8}
    )


def test_it_applies_to_courses_with_a_limit():
    assert price_spread.applies(_spread(0))
    assert not price_spread.applies(make_instance())
    assert checked("price_spread", _spread(23_750), *_classes(), without={"bolt-sawing": 8}) == 1

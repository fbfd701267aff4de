"""One seat per trainee: placed and waiting make the count, in a class of the course asked for."""

import pytest

from cohort_opt.verification.rules import one_seat_per_trainee
from tests.builders import course as make_course
from tests.builders import demand, make_instance, offering, prices, two_companies_one_class
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("one_seat_per_trainee",)


def test_all_nine_in_one_class_are_seated_once():
    assert broken(two_companies_one_class(), planned()) == ()


def test_one_of_them_may_wait_if_the_plan_says_so():
    assert (
        broken(two_companies_one_class(), planned({"acme-drilling": 5, "bolt-drilling": 3}), without={"bolt-drilling": 1}) == ()
    )


def test_a_trainee_that_the_plan_forgets_is_missed():
    assert broken(two_companies_one_class(), planned({"acme-drilling": 5, "bolt-drilling": 3})) == RULE
    assert message(two_companies_one_class(), planned({"acme-drilling": 5, "bolt-drilling": 3})) == (
        "Demand[bolt-drilling]: 3 seats and 0 without a seat make 3 trainees, the line asks for 4"
    )


def test_a_trainee_may_not_sit_and_wait():
    assert broken(two_companies_one_class(), planned(), without={"acme-drilling": 1}) == RULE


def test_a_line_gets_no_more_seats_than_it_asks_for():
    assert broken(two_companies_one_class(), planned({"acme-drilling": 6, "bolt-drilling": 4})) == RULE


def test_a_line_that_the_plan_never_mentions_is_missed():
    assert broken(two_companies_one_class(), planned({"acme-drilling": 8}), without={"bolt-drilling": 4}) == RULE


def _two_courses():
    return make_instance(
        courses=[make_course("drilling"), make_course("sawing")],
        offerings=[offering(), offering("sawing-academy", course="sawing")],
        demands=[demand("acme-drilling", count=5), demand("bolt-sawing", course_id="sawing", count=4)],
        prices=prices(),
    )


def test_a_seat_in_a_class_of_another_course_is_no_seat():
    seats = {"acme-drilling": 5, "bolt-sawing": 4}
    assert broken(_two_courses(), planned(seats)) == RULE
    assert "it teaches drilling, but 4 trainees of Demand[bolt-sawing] asked for sawing" in message(
        _two_courses(), planned(seats)
    )


@pytest.mark.parametrize("seats", [4, 6])
def test_one_too_few_and_one_too_many_are_both_wrong(seats):
    assert broken(two_companies_one_class(), planned({"acme-drilling": seats, "bolt-drilling": 4})) == RULE


def test_it_looks_at_each_line_and_each_membership():
    # Two lines, two memberships.
    assert checked("one_seat_per_trainee", two_companies_one_class(), planned()) == 4


def test_it_applies_where_somebody_asks():
    assert one_seat_per_trainee.applies(two_companies_one_class())
    assert not one_seat_per_trainee.applies(make_instance(demands=[]))

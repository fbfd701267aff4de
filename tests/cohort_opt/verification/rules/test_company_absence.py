"""Company absence: at most so many of one company are away on one and the same day."""

import pytest

from cohort_opt.verification.rules import company_absence
from tests.builders import company, course, day, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("company_absence",)


def _limit(most):
    return make_instance(companies=[company("acme", max_away_per_day=most), company("bolt")])


@pytest.mark.parametrize(("most", "expected"), [(5, ()), (4, RULE)])
def test_five_of_acme_are_away(most, expected):
    assert broken(_limit(most), planned()) == expected


def _two_lines(most):
    """Return acme with eight for drilling and eight for sawing."""
    last = day(weeks=1)
    return make_instance(
        companies=[company("acme", max_away_per_day=most)],
        courses=[course("drilling"), course("sawing")],
        rooms=[room(count=2)],
        instructors=[instructor(count=2)],
        offerings=[offering(last_start=last), offering("sawing-academy", course="sawing", last_start=last)],
        demands=[demand("acme-drilling", count=8), demand("acme-sawing", course_id="sawing", count=8)],
        distances=[],
    )


def _both(weeks):
    return (
        planned({"acme-drilling": 8}),
        planned({"acme-sawing": 8}, offering="sawing-academy", course="sawing", start=day(weeks=weeks)),
    )


@pytest.mark.parametrize(("most", "expected"), [(16, ()), (15, RULE)])
def test_trainees_in_two_classes_on_one_day_add_up(most, expected):
    assert broken(_two_lines(most), *_both(weeks=0)) == expected


def test_trainees_in_different_weeks_do_not_add_up():
    assert broken(_two_lines(8), *_both(weeks=1)) == ()


def test_each_day_above_the_limit_is_named():
    # Monday to Friday.
    assert [broken(_limit(4), planned())] == [RULE]
    report = checked("company_absence", _limit(4), planned())
    assert report == 5


def test_the_message_names_company_day_and_figures():
    # A limit of seven and two overlapping days would need more; one class of one day is enough for one message.
    instance = make_instance(
        companies=[company("acme", max_away_per_day=4), company("bolt")],
        courses=[course(patterns=({"kind": "block", "days": 1},))],
    )
    assert message(instance, planned(pattern="block1", dates=(day(),))) == (
        "Company[acme] on 2027-03-01: 5 trainees away, above its limit of 4 a day"
    )


def test_companies_without_a_limit_are_not_looked_at():
    assert checked("company_absence", make_instance(), planned()) == 0


def test_it_applies_where_a_company_has_a_limit():
    assert company_absence.applies(_limit(5))
    assert not company_absence.applies(make_instance())

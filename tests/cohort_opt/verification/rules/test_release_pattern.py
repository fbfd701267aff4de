"""Release pattern: the days of the class are those of the pattern, and its lines accept that kind."""

import pytest

from cohort_opt.problem.records import DatePeriod
from cohort_opt.verification.rules import release_pattern
from tests.builders import MONDAY, block, calendar, course, day, demand, make_instance, release
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("release_pattern",)


def _closed(*days):
    return calendar(closed=tuple(DatePeriod(first=d, last=d, name="holiday") for d in days))


def test_a_block_of_five_is_monday_to_friday():
    assert broken(make_instance(), planned()) == ()


def test_a_block_of_six_goes_over_the_weekend():
    instance = make_instance(courses=[course(patterns=(block(6),))])
    six = tuple(day(days=i) for i in (0, 1, 2, 3, 4, 7))
    assert broken(instance, planned(pattern="block6", dates=six)) == ()


def test_a_block_skips_a_closed_day():
    # Wednesday 3 March is closed: Monday, Tuesday, Thursday, Friday, and Monday 8 March.
    dates = tuple(day(days=i) for i in (0, 1, 3, 4, 7))
    assert broken(make_instance(calendar=_closed(day(days=2))), planned(dates=dates)) == ()


@pytest.mark.parametrize(
    "days",
    [
        (0, 1, 2, 3),  # one day too few
        (0, 1, 2, 3, 4, 7),  # one too many
        (0, 1, 3, 4, 7),  # Wednesday left out for no reason
        (0, 1, 2, 3, 7),  # Friday left out
        (0,),
    ],
)
def test_a_block_with_other_days_is_none(days):
    assert broken(make_instance(), planned(dates=tuple(day(days=i) for i in days))) == RULE


def _on_mondays(*weeks, number_of_weeks=3):
    return planned(pattern=f"release{number_of_weeks}", dates=tuple(day(weeks=w) for w in weeks))


RELEASED = {"courses": [course(patterns=(release(3),))]}


def test_day_release_is_the_same_weekday_in_consecutive_weeks():
    assert broken(make_instance(**RELEASED), _on_mondays(0, 1, 2)) == ()


def test_day_release_skips_a_closed_week_and_is_made_up_at_the_end():
    instance = make_instance(calendar=_closed(day(weeks=1)), **RELEASED)
    assert broken(instance, _on_mondays(0, 2, 3)) == ()
    assert broken(instance, _on_mondays(0, 2)) == RULE


@pytest.mark.parametrize("weeks", [(0, 1), (0, 1, 2, 3), (0, 1, 3), (0, 2, 3)])
def test_day_release_with_other_weeks_is_none(weeks):
    assert broken(make_instance(**RELEASED), _on_mondays(*weeks)) == RULE


def test_day_release_on_another_weekday_is_none():
    item = planned(pattern="release3", dates=(day(), day(1, 1), day(2, 1)))
    assert broken(make_instance(**RELEASED), item) == RULE


def test_a_pattern_that_the_course_does_not_have_is_refused():
    four = planned(pattern="block4", dates=tuple(day(days=i) for i in range(4)))
    assert broken(make_instance(), four) == RULE
    assert message(make_instance(), four).endswith("pattern block4, Course[drilling] is given only as block5")


@pytest.mark.parametrize(("kinds", "expected"), [(("block",), ()), (("block", "day_release"), ()), (("day_release",), RULE)])
def test_a_company_gets_only_the_kind_of_release_that_it_accepts(kinds, expected):
    instance = make_instance(demands=[demand("acme-drilling"), demand("bolt-drilling", count=4, patterns=kinds)])
    assert broken(instance, planned()) == expected


def test_the_message_names_the_first_wrong_day_and_the_right_one():
    late = planned(dates=tuple(day(days=i) for i in (0, 1, 3, 4, 7)))
    assert message(make_instance(), late).endswith(
        "teaching day 3 is 2027-03-04, the pattern block5 from 2027-03-01 has 2027-03-03 there"
    )
    short = planned(dates=(MONDAY,))
    assert message(make_instance(), short).endswith(
        "teaching day 2 is missing, the pattern block5 from 2027-03-01 has 2027-03-02 there"
    )


def test_each_class_and_each_membership_is_looked_at():
    assert checked("release_pattern", make_instance(), planned()) == 3


def test_it_always_applies():
    assert release_pattern.applies(make_instance(demands=[]))

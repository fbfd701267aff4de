"""Offering: resources, start and number of parallel classes are those that the academy offers."""

import pytest

from cohort_opt.problem.fields import Weekday
from cohort_opt.verification.rules import offering as rule
from tests.builders import calendar, course, day, demand, instructor, make_instance, offering, room, site
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("offering",)


def test_a_class_with_the_offered_resources_passes():
    assert broken(make_instance(), planned()) == ()


def test_another_room_of_the_site_was_not_offered():
    instance = make_instance(rooms=[room(), room("hall")])
    assert broken(instance, planned(room="hall")) == RULE
    assert message(instance, planned(room="hall")).endswith("room hall is not the room bay of Offering[drilling-academy]")


def test_another_instructor_was_not_offered():
    assert broken(make_instance(instructors=[instructor(), instructor("guild")]), planned(instructor="guild")) == RULE


def test_another_site_was_not_offered():
    assert broken(make_instance(sites=[site(), site("depot")], distances=[]), planned(site="depot")) == RULE


def test_another_course_was_not_offered():
    instance = make_instance(courses=[course(), course("sawing")])
    # Those in it asked for drilling, so they have no seat in their course either.
    assert broken(instance, planned(course="sawing")) == ("one_seat_per_trainee", "offering")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (day(), day(), ()),
        (day(days=1), day(weeks=4), RULE),
        (day(weeks=-1), day(), ()),
        (day(weeks=-1), day(days=-1), RULE),
    ],
)
def test_a_class_starts_in_the_weeks_of_the_offering(first, last, expected):
    instance = make_instance(calendar=calendar(start=day(weeks=-2)), offerings=[offering(first_start=first, last_start=last)])
    assert broken(instance, planned()) == expected


@pytest.mark.parametrize(("weekdays", "expected"), [((Weekday.MON,), ()), ((Weekday.TUE, Weekday.FRI), RULE)])
def test_a_class_starts_on_an_offered_weekday(weekdays, expected):
    assert broken(make_instance(offerings=[offering(last_start=day(2), start_weekdays=weekdays)]), planned()) == expected


@pytest.mark.parametrize(("weeks", "expected"), [(0, ()), (1, RULE), (2, ()), (3, RULE), (4, ())])
def test_a_class_starts_in_every_other_week(weeks, expected):
    instance = make_instance(offerings=[offering(last_start=day(weeks=6), every_weeks=2)])
    assert broken(instance, planned(start=day(weeks=weeks))) == expected


@pytest.mark.parametrize(("weeks", "expected"), [(0, ()), (1, RULE), (2, ())])
def test_weeks_are_counted_from_the_week_of_the_first_start(weeks, expected):
    # The first start is a Thursday; the Monday of the same week comes before it, the Monday two weeks later is in rhythm.
    rhythm = offering(first_start=day(-2, 3), last_start=day(weeks=6), every_weeks=2)
    instance = make_instance(calendar=calendar(start=day(weeks=-2)), offerings=[rhythm])
    assert broken(instance, planned(start=day(weeks=weeks))) == expected


@pytest.mark.parametrize(("most", "expected"), [(2, ()), (1, RULE)])
def test_two_parallel_classes_need_an_offering_of_two(most, expected):
    instance = make_instance(
        rooms=[room(count=2)],
        instructors=[instructor(count=2)],
        offerings=[offering(max_parallel=most)],
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=8)],
    )
    assert broken(instance, planned({"acme-drilling": 8}), planned({"bolt-drilling": 8}, number=2)) == expected


def test_the_message_names_the_rhythm():
    instance = make_instance(offerings=[offering(last_start=day(weeks=6), every_weeks=3)])
    assert message(instance, planned(start=day(weeks=5))).endswith(
        "start 2027-04-05 lies 2 weeks after a week of the rhythm: every 3 weeks from 2027-03-01 of Offering[drilling-academy]"
    )


def test_each_class_and_each_run_is_looked_at():
    assert checked("offering", make_instance(), planned()) == 2


def test_it_always_applies():
    assert rule.applies(make_instance(demands=[]))

"""What must hold between records: one test for each rule that the table of bad input does not show."""

import json

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.checks import CHECKS, find_problems
from cohort_opt.problem.records import InstanceRecords
from tests.builders import calendar, course, day, demand, make_instance, offering, release, room, site
from tests.cohort_opt.problem.documents import codes_and_places, document, problems_of


def problems(**changes):
    with pytest.raises(InstanceError) as caught:
        make_instance(**changes)
    return caught.value.problems


def test_a_valid_instance_has_no_problem():
    assert find_problems(make_instance()) == []


def test_without_a_file_a_place_is_named_by_the_id_of_its_row():
    (problem,) = problems(demands=[demand(course_id="welding")])
    assert (problem.code, problem.pointer) == ("unknown-trade", "/demands/acme-drilling/course")


def test_a_room_must_stand_at_the_site_of_the_offering():
    (problem,) = problems(sites=[site(), site("harbour")], rooms=[room(site="harbour")])
    assert (problem.code, problem.also) == ("room-elsewhere", ("/rooms/bay/site",))


def test_a_course_that_somebody_asks_for_must_be_taught_somewhere():
    (problem,) = problems(courses=[course(), course("sawing")], demands=[demand("acme-sawing", course_id="sawing")])
    assert (problem.code, problem.subject) == ("not-offered", "Demand[acme-sawing]")


def test_an_offering_too_late_for_the_shortest_pattern_is_refused():
    # Day release over 3 weeks takes 15 calendar days. From Monday 1 March the 15th day is Monday 15 March.
    late = {"courses": [course(patterns=(release(3), release(4)))]}
    assert make_instance(calendar=calendar(end=day(weeks=2)), **late)
    (found,) = problems(calendar=calendar(end=day(weeks=1, days=6)), **late)
    assert (found.code, found.pointer, found.also) == (
        "outside-horizon", "/offerings/drilling-academy/first_start", ("/calendar/end", "/courses/drilling/patterns")
    )  # fmt: skip


def test_a_block_of_five_days_fits_from_monday_to_friday_and_not_into_four_days():
    assert make_instance(calendar=calendar(end=day(days=4)))
    assert problems(calendar=calendar(end=day(days=3)))[0].code == "outside-horizon"


def test_a_window_needs_one_working_day():
    # 6 and 7 March 2027 are a weekend; the 8th is a Monday.
    assert make_instance(demands=[demand(earliest_start=day(days=5), latest_start=day(days=7))])
    (found,) = problems(demands=[demand(earliest_start=day(days=5), latest_start=day(days=6))])
    assert found.code == "empty-availability"


def test_together_and_parts_exclude_each_other():
    (found,) = problems(demands=[demand(together=True, min_part=2)])
    assert (found.code, found.also) == ("contradictory-parts", ("/demands/acme-drilling/together",))


def test_a_course_of_its_own_needs_both_amounts():
    source = document()
    source["demands"][0]["outside"]["own_course_seat_cents"] = 5
    (found,) = problems_of(source)
    assert (found.code, found.pointer) == ("missing-field", "/demands/0/outside/own_course_fixed_cents")
    assert found.also == ("/demands/0/outside/own_course_seat_cents",)


def test_a_parallel_offering_in_a_small_room_is_refused_even_if_another_room_is_large_enough():
    small = {"rooms": [room(), room("closet", seats=7)], "offerings": [offering(), offering("b", room="closet")]}
    (found,) = problems(**small)
    assert (found.code, found.pointer) == ("min-exceeds-capacity", "/offerings/b/room")


def test_each_check_is_listed_once_and_silent_on_a_valid_instance():
    assert len({check for check, _ in CHECKS}) == len(CHECKS)
    records = InstanceRecords.model_validate(json.loads(make_instance().canonical_json()))
    assert [finding for check, _ in CHECKS for finding in check(records)] == []


def test_rows_in_another_order_give_the_same_problems_at_their_new_places():
    source = document()
    source["demands"][0]["course"] = "welding"
    turned = {**source, "demands": source["demands"][::-1]}
    assert codes_and_places(source) == [("unknown-trade", "/demands/0/course")]
    assert codes_and_places(turned) == [("unknown-trade", "/demands/5/course")]


def test_naming_a_pattern_or_a_weekday_twice_means_no_more_than_once():
    source = document()
    source["courses"][0]["patterns"] *= 2
    source["demands"][2]["weekdays"] = ["wed", "mon", "tue", "mon"]
    assert problems_of(source) == ()

"""The parts of a page of one's own: timelines in the language of the reader, dots and squares, and the look of each course."""

import json

import pytest

from cohort_opt.report.pictures import pictures, province_outlines
from tests.cohort_opt.report.pagecheck import Page


@pytest.fixture(scope="module")
def found(plan):
    return pictures(plan.instance, plan.proposal, "nl")


def test_both_timelines_speak_the_language_of_the_reader(found):
    rooms, instructors = Page(found.rooms).text, Page(found.instructors).text
    assert "ISO-week" in rooms
    assert "2 lokalen, 12 plaatsen" in rooms
    assert "mrt. 2027" in rooms or "mrt 2027" in rooms
    assert "instructeurs: " in instructors
    assert "Gesloten: May holidays" in rooms


def test_the_lanes_of_instructors_name_the_room_of_each_class(found, plan):
    text = Page(found.instructors).text
    assert all(item.instructor.name[:16] in text for item in plan.classes)
    assert all(item.room.name in text for item in plan.classes)


def test_two_timelines_on_a_page_share_no_id(found):
    rooms, instructors = set(Page(found.rooms).ids), set(Page(found.instructors).ids)
    assert rooms
    assert not rooms & instructors


def test_every_journey_of_a_dot_goes_to_a_course_with_a_look(found):
    assert {journey.course for place in found.places for journey in place.journeys} == set(found.courses)
    assert len({(look.tone, look.dash) for look in found.courses.values()}) == len(found.courses)


def test_the_outlines_are_geojson_of_twelve_provinces():
    assert len(json.loads(province_outlines())["features"]) == 12

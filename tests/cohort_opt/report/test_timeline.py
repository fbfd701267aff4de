import datetime as dt

import pytest

from cohort_opt.problem.records import DatePeriod
from cohort_opt.report.timeline import LEFT, Axis, draw_timeline
from cohort_opt.report.view import view
from tests.cohort_opt.report.pagecheck import Page
from tests.cohort_opt.report.scenario import build_instance, build_proposal


@pytest.fixture(scope="module")
def svg(plan):
    return draw_timeline(plan)


def test_the_axis_begins_a_week_before_the_first_class_and_ends_a_week_after_the_last(plan):
    axis = Axis.over(plan.classes)
    # first class Monday 8 March, last day Tuesday 11 May: weeks 9 to 20
    assert (axis.first, axis.weeks) == (dt.date(2027, 3, 1), 12)


def test_weekends_take_no_room():
    axis = Axis(dt.date(2027, 3, 1), 4, 50.0)
    assert axis.x(dt.date(2027, 3, 1)) == LEFT
    assert axis.x(dt.date(2027, 3, 5)) == LEFT + 40
    assert axis.x(dt.date(2027, 3, 6)) == axis.x(dt.date(2027, 3, 7)) == axis.x(dt.date(2027, 3, 8)) == LEFT + 50


def test_a_closed_weekend_or_a_period_off_the_picture_is_not_drawn():
    axis = Axis(dt.date(2027, 3, 1), 4, 50.0)
    periods = (("2027-03-06", "2027-03-07"), ("2027-01-01", "2027-02-26"), ("2027-03-29", "2027-04-02"))
    assert [axis.covers(DatePeriod(first=first, last=last)) for first, last in periods] == [False, False, False]
    assert axis.covers(DatePeriod(first="2027-02-01", last="2027-03-01"))
    assert axis.edges(DatePeriod(first="2027-02-01", last="2027-12-31")) == (LEFT, LEFT + 200)


def test_each_stretch_of_class_days_is_a_block(svg):
    blocks = [attrs for attrs in Page(svg).all("rect") if attrs.get("class", "").startswith("block")]
    # one week; five single Tuesdays; six single Wednesdays; 5 + 3 days over two weeks
    assert len(blocks) == 1 + 5 + 6 + 2


def test_rooms_weeks_instructors_and_closed_days_are_named(svg):
    text = Page(svg).text
    for name in (
        "Drilling bays",
        "Saw hall",
        "2 rooms, 12 seats",
        "Drill instructors",
        "Fire instructor",
        "Mar 2027",
        "May 2027",
    ):
        assert name in text
    assert "Closed: May holidays, Mon 26 Apr – Fri 7 May 2027" in text
    ticks = [word for word in text.split() if word.isdigit()]
    assert {"9", "10", "20"} <= set(ticks)


def test_blocks_differ_by_pattern_too(svg):
    blocks = [attrs for attrs in Page(svg).all("rect") if attrs.get("class", "").startswith("block")]
    assert len({(attrs["class"], attrs.get("stroke-dasharray")) for attrs in blocks}) == 3
    assert len({attrs.get("stroke-dasharray") for attrs in blocks}) == 3


def test_an_absence_of_the_room_is_shown_in_its_lane_where_it_is_on_the_picture(instance):
    hall = instance.rooms[1]
    assert hall.name == "Saw hall"
    soon = hall.absences[0].model_copy(update={"first": dt.date(2027, 3, 15), "last": dt.date(2027, 3, 16)})
    busy = build_instance(rooms=(instance.rooms[0], hall.model_copy(update={"absences": (soon, hall.absences[0])})))
    text = Page(draw_timeline(view(busy, build_proposal(busy)))).text
    # the second, 24 to 28 May, lies after the picture
    assert text.count("1 of 1 away: maintenance") == 1


def test_without_classes_there_is_no_timeline(empty):
    assert draw_timeline(view(*empty)) == ""

"""The go or no-go calendar: decided two weeks before the start, on a working day, months without anything left out."""

import datetime as dt

from service.schemas import ClassOutlook
from service.services.outlooks import months


def outlook(start):
    return ClassOutlook(
        class_id="r#1", course_name="Drilling", site_name="Academy", start=start, days_left=10, min_seats=8, max_seats=12,
        agreed=6, open=2, lost=0, missing=2, decision="wait",
    )  # fmt: skip


def events(found):
    return [
        (entry.kind, day.date.isoformat())
        for month in found
        for week in month.weeks
        for day in week
        if day
        for entry in day.entries
    ]


def test_a_class_is_decided_two_weeks_before_its_start():
    assert events(months([outlook("2027-03-15")], dt.date(2027, 1, 4))) == [("decide", "2027-03-01"), ("start", "2027-03-15")]


def test_a_decision_on_a_weekend_is_made_on_the_friday_before():
    # Two weeks before Sunday 21 March lies Sunday the 7th; Friday is the 5th.
    assert events(months([outlook("2027-03-21")], dt.date(2027, 1, 4)))[0] == ("decide", "2027-03-05")


def test_months_without_anything_are_left_out_and_today_is_marked():
    found = months([outlook("2027-01-25"), outlook("2027-04-05")], dt.date(2027, 1, 11))
    # 25 January, decided on the 11th; 5 April, decided on 22 March.
    assert [month.first.month for month in found] == [1, 3, 4]
    assert [day.date.day for week in found[0].weeks for day in week if day and day.is_today] == [11]
    assert all(len(week) == 5 for month in found for week in month.weeks)

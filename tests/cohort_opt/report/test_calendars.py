import datetime as dt

import pytest
from icalendar import Calendar

from cohort_opt.report.calendars import calendar_files, file_name
from cohort_opt.report.view import view


@pytest.fixture(scope="module")
def files(plan):
    return calendar_files(plan)


def events(data):
    return Calendar.from_ical(data).walk("VEVENT")


def test_each_class_has_one_file_named_after_it(files):
    assert sorted(files) == [
        "drilling-harbour-2027-03-08-block5-1.ics",
        "drilling-island-2027-03-30-release5-1.ics",
        "firestop-harbour-2027-03-10-release6-1.ics",
        "sawing-island-2027-04-12-block8-1.ics",
    ]


def test_each_class_day_is_an_all_day_event(files, plan):
    for item, data in zip(sorted(plan.classes, key=lambda item: item.entry.id), (files[n] for n in sorted(files)), strict=True):
        found = events(data)
        assert [event.decoded("dtstart") for event in found] == list(item.entry.dates)
        assert all(event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(days=1) for event in found)
        assert not any(isinstance(event.decoded("dtstart"), dt.datetime) for event in found)


def test_the_holidays_are_skipped(files):
    # block of 8 working days from Monday 12 April: to Wednesday 21 April
    days = [event.decoded("dtstart") for event in events(files["sawing-island-2027-04-12-block8-1.ics"])]
    assert (len(days), days[0], days[-1]) == (8, dt.date(2027, 4, 12), dt.date(2027, 4, 21))
    # Tuesdays from 30 March; 27 April and 4 May are holidays, so the fifth is 11 May
    days = [event.decoded("dtstart") for event in events(files["drilling-island-2027-03-30-release5-1.ics"])]
    assert days[-2:] == [dt.date(2027, 4, 20), dt.date(2027, 5, 11)]


def test_every_event_has_an_id_of_its_own_that_stays_the_same(files, plan):
    ids = [str(event["uid"]) for name in sorted(files) for event in events(files[name])]
    # 5 + 5 + 6 + 8 days
    assert len(ids) == len(set(ids)) == 24
    again = calendar_files(plan)
    assert [str(event["uid"]) for name in sorted(again) for event in events(again[name])] == ids


def test_the_time_stamp_is_no_wall_clock(files):
    stamps = {event.decoded("dtstamp") for data in files.values() for event in events(data)}
    assert stamps == {dt.datetime(2027, 3, 1, tzinfo=dt.UTC)}


def test_no_company_and_no_price_is_in_a_calendar(files, plan):
    text = "".join(data.decode() for data in files.values()).replace("\r\n ", "")
    assert not [company.name for company in plan.instance.companies if company.name in text]
    assert "€" not in text
    assert "EUR" not in text


def test_hostile_names_are_escaped_and_long_lines_folded(hostile):
    for data in calendar_files(view(*hostile)).values():
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        for number, event in enumerate(events(data), start=1):
            assert str(event["summary"]).startswith("]]><svg onload=z>; course\\, n, day ")
            assert f"day {number} of" in str(event["summary"])


@pytest.mark.parametrize(
    ("class_id", "name"),
    [
        ("drill/2027-03-01/block5#1", "drill-2027-03-01-block5-1"),
        ("../../etc/passwd", "etc-passwd"),
        ("con.x/2027-03-01/block5#1", "con-x-2027-03-01-block5-1"),
        ("\r\nX: y", "X-y"),
        ("///", "class"),
    ],
)
def test_file_names_are_safe_everywhere(class_id, name):
    assert file_name(class_id) == name


def test_classes_whose_names_meet_keep_files_of_their_own(instance, proposal):
    first, second, *rest = proposal.classes
    ids = ("Drill/2027#1", "drill-2027/1")
    clash = tuple(entry.model_copy(update={"id": i}) for entry, i in zip((first, second), ids, strict=True))
    longest = rest[0].model_copy(update={"id": "x" * 300})
    files = calendar_files(view(instance, proposal.model_copy(update={"classes": (*clash, longest, rest[1])})))
    assert len(files) == 4
    assert len({name.casefold() for name in files}) == 4
    assert max(len(name) for name in files) < 120

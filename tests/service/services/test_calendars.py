"""A company's class days as a calendar, behind its session or behind a secret address."""

import datetime as dt

import pytest
from icalendar import Calendar

from service.problems import Refusal
from service.schemas import PublicationRequest
from service.services import calendars, publications
from tests.service.services.test_offers import ACME, BOLT, PLANNER, answer, propose, published, solver  # noqa: F401  fixtures


def events(data):
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_holds_every_class_day_of_the_offer(context, published):  # noqa: F811
    found = events(calendars.round_calendar(context, ACME, "spring", "acme"))
    assert [str(event["DTSTART"].dt) for event in found] == [f"2027-03-0{n}" for n in range(1, 6)]
    assert {str(event["STATUS"]) for event in found} == {"TENTATIVE"}


def states(context, actor=ACME):
    """Return (status, sequence, last change) of the days of a company's calendar, each once."""
    found = events(calendars.round_calendar(context, actor, "spring", actor.company))
    assert {event["DTSTAMP"].dt for event in found} == {event["LAST-MODIFIED"].dt for event in found}
    return sorted({(str(event["STATUS"]), event["SEQUENCE"], str(event["DTSTAMP"].dt)) for event in found})


def test_accepted_days_are_confirmed_and_declined_ones_stay_as_cancelled(context, published, clock):  # noqa: F811
    assert states(context) == [("TENTATIVE", 0, "2026-11-24 01:30:00+00:00")]
    clock.move(hours=1)
    answer(context, ACME, answer="accept")
    assert states(context) == [("CONFIRMED", 1, "2026-11-24 02:30:00+00:00")]
    clock.move(hours=1)
    answer(context, ACME, answer="accept")  # nothing new
    assert states(context) == [("CONFIRMED", 1, "2026-11-24 02:30:00+00:00")]
    answer(context, ACME, answer="decline")
    assert states(context) == [("CANCELLED", 2, "2026-11-24 03:30:00+00:00")]


def test_days_that_are_off_stay_as_cancelled_and_come_back_with_a_higher_sequence(context, published, propose, clock):  # noqa: F811
    clock.move(hours=1)
    publications.withdraw(context, PLANNER, "spring", "A room is lost")
    assert states(context) == [("CANCELLED", 1, "2026-11-24 02:30:00+00:00")]
    clock.move(hours=1)
    publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 24), note="It was found"))
    assert states(context) == [("TENTATIVE", 2, "2026-11-24 03:30:00+00:00")]
    clock.move(hours=1)
    answer(context, ACME, answer="accept")
    clock.move(days=1)
    propose("2026-11-25")
    publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 25), note="The same again"))
    assert states(context) == [("CONFIRMED", 3, "2026-11-24 04:30:00+00:00")]
    assert states(context, BOLT) == [("TENTATIVE", 2, "2026-11-24 03:30:00+00:00")]


def test_a_day_keeps_its_id_so_that_a_calendar_replaces_it(context, published):  # noqa: F811
    before = [str(event["UID"]) for event in events(calendars.round_calendar(context, ACME, "spring", "acme"))]
    answer(context, ACME, answer="accept")
    after = [str(event["UID"]) for event in events(calendars.round_calendar(context, ACME, "spring", "acme"))]
    assert before == after
    assert len(set(after)) == 5


def test_a_secret_address_shows_the_same_days_until_the_next_one_is_made(context, published):  # noqa: F811
    secret = calendars.new_feed(context, ACME, "acme")
    assert len(events(calendars.feed(context, secret))) == 5
    assert b"olt" not in calendars.feed(context, secret)
    calendars.new_feed(context, ACME, "acme")
    with pytest.raises(Refusal):
        calendars.feed(context, secret)


def test_nobody_makes_an_address_for_another_company(context, published):  # noqa: F811
    for company in ("acme", "absent"):
        with pytest.raises(Refusal) as refused:
            calendars.new_feed(context, BOLT, company)
        assert refused.value.code == "not-found"

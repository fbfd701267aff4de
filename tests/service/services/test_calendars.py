"""A company's class days as a calendar, behind its session or behind a secret address."""

import pytest
from icalendar import Calendar

from service.problems import Refusal
from service.services import calendars
from tests.service.services.test_offers import ACME, BOLT, answer, propose, published, solver  # noqa: F401  fixtures


def events(data):
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_holds_every_class_day_of_the_offer(context, published):  # noqa: F811
    found = events(calendars.round_calendar(context, ACME, "spring", "acme"))
    assert [str(event["DTSTART"].dt) for event in found] == [f"2027-03-0{n}" for n in range(1, 6)]
    assert {str(event["STATUS"]) for event in found} == {"TENTATIVE"}


def test_accepted_days_are_confirmed_and_declined_ones_gone(context, published):  # noqa: F811
    answer(context, ACME, answer="accept")
    assert {str(event["STATUS"]) for event in events(calendars.round_calendar(context, ACME, "spring", "acme"))} == {"CONFIRMED"}
    answer(context, ACME, answer="decline")
    assert events(calendars.round_calendar(context, ACME, "spring", "acme")) == []


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

"""A company's own class days as a calendar: to take away once, or to follow by a secret address that it can end."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from icalendar import Calendar, Event, vText

from service.actors import MACHINE, Actor, Role
from service.problems import not_found
from service.schemas import OfferState
from service.services import accounts, offers, rounds
from service.services.context import Context, work_for
from service.store import ledger
from service.store import offers as rows

PRODUCT = "-//Cohort Opt//class days//EN"
STATUS = {"accept": "CONFIRMED", "conditional": "TENTATIVE", "ask": "TENTATIVE", "open": "TENTATIVE"}
"""A declined offer is not in the calendar."""


def round_calendar(context: Context, actor: Actor, round_id: str, company: str) -> bytes:
    """Return the class days that a company is offered or has agreed to in a round."""
    found = offers.company_offers(context, actor, round_id, company)
    return _calendar([(round_id, offer) for offer in found])


def new_feed(context: Context, actor: Actor, company: str) -> str:
    """Give a company a new secret calendar address and return its last part; the address before it ends.

    Raises
    ------
    Refusal
        `not-found` for somebody else's company as for an unknown one.
    """
    if actor.role is Role.READER or not actor.speaks_for(company):
        raise not_found()
    if not any(company in _companies(context, state.id) for state in rounds.list_rounds(context, MACHINE)):
        raise not_found()
    secret, now = secrets.token_urlsafe(32), context.now()
    with context.store.write() as connection:
        rows.add_feed(connection, company, accounts.hashed(secret), now)
        ledger.write_line(connection, now, actor.owner, "new-feed", company, {})
    return secret


def feed(context: Context, secret: str) -> bytes:
    """Return the calendar behind a secret address: the class days of all rounds.

    Raises
    ------
    Refusal
        `not-found` for an address that was ended or never was.
    """
    with context.store.read(whole=True) as connection:
        company = rows.company_of_feed(connection, accounts.hashed(secret))
    if company is None:
        raise not_found()
    actor = Actor(Role.COMPANY, f"company:{company}", company, writes=False)
    work_for(actor)
    found = []
    for state in rounds.list_rounds(context, actor):
        found += [(state.id, offer) for offer in offers.company_offers(context, actor, state.id, company)]
    return _calendar(found)


def _companies(context: Context, round_id: str) -> set[str]:
    return {row["id"] for row in rounds.round_companies(context, MACHINE, round_id)}


def _calendar(found: list[tuple[str, OfferState]]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText("Cohort Opt"))
    for round_id, offer in found:
        if offer.answer in STATUS:
            for number, date in enumerate(offer.terms.dates, start=1):
                calendar.add_component(_event(round_id, offer, number, dt.date.fromisoformat(date)))
    return bytes(calendar.to_ical())


def _event(round_id: str, offer: OfferState, number: int, date: dt.date) -> Event:
    """Return one class day; the same day of the same class keeps its id, so that a calendar replaces it."""
    own = offer.terms
    event = Event()
    parts = "\n".join((round_id, own.class_id, str(number)))
    event.add("uid", f"{hashlib.sha256(parts.encode()).hexdigest()[:40]}@cohort-opt.invalid")
    event.add("dtstamp", dt.datetime.combine(date, dt.time(), dt.UTC))
    event.add("dtstart", date)
    event.add("dtend", date + dt.timedelta(days=1))
    event.add("summary", f"{own.course_name} {number}/{len(own.dates)} ({own.seats})")
    event.add("location", f"{own.site_name}, {own.municipality}")
    event.add("status", STATUS[offer.answer])
    return event

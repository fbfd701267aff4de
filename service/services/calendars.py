"""A company's own class days as a calendar: to take away once, or to follow by a secret address that it can end.

A calendar that follows an address knows a day by its `UID` and takes a change over where `SEQUENCE` has grown; a day that is no
longer planned, or was declined, stays with `STATUS:CANCELLED`, since many calendars keep what merely disappears (RFC 5545).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from icalendar import Calendar, Event, vText

from service.actors import MACHINE, Actor, Role
from service.problems import not_found
from service.schemas import OwnSeats
from service.services import accounts, rounds
from service.services.context import Context, work_for
from service.store import ledger
from service.store import offers as rows

PRODUCT = "-//Cohort Opt//class days//EN"
STATUS = {"accept": "CONFIRMED", "conditional": "TENTATIVE", "ask": "TENTATIVE", "open": "TENTATIVE", "decline": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Day:
    """One class day as a company was told of it.

    Parameters
    ----------
    uid
        The same as long as it is the same day of the same class.
    changed_at
        Instant of the last change.
    sequence
        How often it has changed since it was first told.
    """

    uid: str
    date: dt.date
    summary: str
    location: str
    status: str
    changed_at: str
    sequence: int = 0


def round_calendar(context: Context, actor: Actor, round_id: str, company: str) -> bytes:
    """Return the class days that a company is offered or has agreed to in a round, and those that are off."""
    return _calendar(_days(context, actor, round_id, company))


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
    return _calendar(day for state in rounds.list_rounds(context, actor) for day in _days(context, actor, state.id, company))


def _companies(context: Context, round_id: str) -> set[str]:
    return {row["id"] for row in rounds.round_companies(context, MACHINE, round_id)}


def _days(context: Context, actor: Actor, round_id: str, company: str) -> list[Day]:
    """Return every class day that a company was ever told of in a round, as it stands now, by date."""
    with context.store.read() as connection:
        rounds.own_round(connection, actor, round_id, company)
        publications = rows.publications_of(connection, round_id)
        made, answers = rows.ever_made(connection, round_id, company), rows.ever_answered(connection, round_id, company)
    told: dict[str, Day] = {}
    for publication in publications:
        at = str(publication["created_at"])
        own = {row["id"]: row for row in made if row["version"] == publication["version"]}
        replies = [row for row in answers if row["offer"] in own]
        carried = {row["offer"]: row["answer"] for row in replies if row["created_at"] <= at}
        now = {day.uid: day for name, row in own.items() for day in _of_offer(row, carried.get(name, "open"), at)}
        off = {uid: replace(day, status="CANCELLED", changed_at=at) for uid, day in told.items() if uid not in now}
        _change(told, [*off.values(), *now.values()])
        for reply in replies:
            _change(told, _of_offer(own[reply["offer"]], reply["answer"], reply["created_at"]))
    return sorted(told.values(), key=lambda day: (day.date, day.uid))


def _change(told: dict[str, Day], days: Iterable[Day]) -> None:
    """Take over what has changed, and count it."""
    for day in days:
        known = told.get(day.uid)
        if known is None:
            told[day.uid] = day
        elif replace(day, changed_at=known.changed_at, sequence=known.sequence) != known:
            told[day.uid] = replace(day, sequence=known.sequence + 1)


def _of_offer(offer: Mapping[str, Any], answer: str, at: str) -> list[Day]:
    own = OwnSeats.model_validate_json(offer["terms"])
    return [
        Day(
            uid=_uid(offer["round"], own.class_id, number),
            date=dt.date.fromisoformat(date),
            summary=f"{own.course_name} {number}/{len(own.dates)} ({own.seats})",
            location=f"{own.site_name}, {own.municipality}",
            status=STATUS[answer],
            changed_at=at,
        )
        for number, date in enumerate(own.dates, start=1)
    ]


def _uid(round_id: str, class_id: str, number: int) -> str:
    parts = "\n".join((round_id, class_id, str(number)))
    return f"{hashlib.sha256(parts.encode()).hexdigest()[:40]}@cohort-opt.invalid"


def _calendar(days: Iterable[Day]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText("Cohort Opt"))
    for day in days:
        calendar.add_component(_event(day))
    return bytes(calendar.to_ical())


def _event(day: Day) -> Event:
    event, changed_at = Event(), dt.datetime.fromisoformat(day.changed_at)
    event.add("uid", day.uid)
    event.add("sequence", day.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", day.date)
    event.add("dtend", day.date + dt.timedelta(days=1))
    event.add("summary", day.summary)
    event.add("location", day.location)
    event.add("status", day.status)
    return event

"""One calendar file per class (iCalendar, RFC 5545): an all-day event for each class day.

A calendar goes to everyone in a class, so it names no company, no price and no size.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from icalendar import Calendar, Event, vText

from cohort_opt.report.class_lists import CALENDAR_PRODUCT
from cohort_opt.report.view import ClassView, View
from cohort_opt.report.wording import counted

MOST_NAME = 100
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def calendar_files(view: View) -> dict[str, bytes]:
    """Return the calendars by file name; letters, digits, `-` and `_` only, unequal in any case."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for item in view.classes:
        name = file_name(item.entry.id)
        if name.casefold() in taken or len(name) > MOST_NAME:
            name = f"{name[:MOST_NAME]}-{_digest(item.entry.id)[:12]}"
        taken.add(name.casefold())
        files[f"{name}.ics"] = to_calendar(view, item)
    return files


def file_name(class_id: str) -> str:
    """Return a file name without ending that is safe everywhere: `drilling-north/2027-03-01/block5#1` loses `/` and `#`."""
    return _UNSAFE.sub("-", class_id).strip("-") or "class"


def to_calendar(view: View, item: ClassView) -> bytes:
    """Return the calendar of one class; its bytes depend on nothing but instance and class."""
    calendar = Calendar()
    calendar.add("prodid", CALENDAR_PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(f"{item.course.name}, {item.site.municipality}"))
    for number, date in enumerate(item.entry.dates, start=1):
        calendar.add_component(_event(view, item, number, date))
    return bytes(calendar.to_ical())


def _event(view: View, item: ClassView, number: int, date: dt.date) -> Event:
    total = len(item.entry.dates)
    event = Event()
    event.add("uid", f"{_digest(view.proposal.instance_fingerprint, item.entry.id, date.isoformat())[:40]}@cohort-opt.invalid")
    # RFC 5545 wants a time stamp; the first day of the planning period is one that does not change from run to run.
    event.add("dtstamp", dt.datetime.combine(view.instance.calendar.start, dt.time(), dt.UTC))
    event.add("dtstart", date)
    event.add("dtend", date + dt.timedelta(days=1))
    event.add("summary", f"{item.course.name}, day {number} of {total}" if total > 1 else item.course.name)
    event.add("location", f"{item.site.name}, {item.site.municipality} ({item.room.name})")
    event.add("geo", (item.site.latitude, item.site.longitude))
    event.add("description", f"{item.course.trade}: {counted(total, 'class day')}. Instructor: {item.instructor.name}.")
    event.add("status", "TENTATIVE")
    event.add("transp", "OPAQUE")
    return event


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()

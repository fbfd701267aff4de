"""A night as pictures: who travels where, and when which room and which instructor is taken."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from typing import Any, Literal, cast

from cohort_opt import Bar, Instance, Pictures, bar_chart, pictures, proposal_from_json
from service.actors import Actor
from service.schemas import ClosedPeriod, JourneyState, MapPlace, MapSite, NightMap, NightTimeline, TimelineClass
from service.services import rounds, what_ifs
from service.services.context import Context


def night_pictures(context: Context, actor: Actor, round_id: str, date: str, language: str) -> Pictures:
    """Return the pictures of a night's plan."""
    return _looked_at(context, actor, round_id, date, language)[0]


def night_map(context: Context, actor: Actor, round_id: str, date: str) -> NightMap:
    """Return who travels where in a night's plan, as data."""
    found, instance = _looked_at(context, actor, round_id, date)
    courses = {course.id: course.name for course in instance.courses}
    sites = {site.id: site.name for site in instance.sites}
    return NightMap(
        places=tuple(
            MapPlace(
                **{name: getattr(place, name) for name in MapPlace.model_fields if name != "journeys"},
                journeys=tuple(
                    JourneyState(
                        course=one.course, course_name=courses[one.course], site=one.site, site_name=sites[one.site],
                        count=one.count, km=one.km,
                    )
                    for one in place.journeys
                ),
            )
            for place in found.places
        ),
        sites=tuple(
            MapSite(
                site=used.site.id, site_name=used.site.name, municipality=used.site.municipality, latitude=used.site.latitude,
                longitude=used.site.longitude, classes=used.classes,
            )
            for used in found.sites
        ),
    )  # fmt: skip


def timeline(context: Context, actor: Actor, round_id: str, date: str) -> NightTimeline:
    """Return when the classes of a night's plan take their rooms and instructors, as data."""
    found, instance = _looked_at(context, actor, round_id, date)
    return NightTimeline(
        classes=tuple(
            TimelineClass(
                number=item.number, class_id=item.entry.id, course=item.course.id, course_name=item.course.name,
                site=item.site.id, site_name=item.site.name, room=item.room.id, room_name=item.room.name,
                instructor=item.instructor.id, instructor_name=item.instructor.name, size=item.entry.size,
                dates=tuple(date.isoformat() for date in item.entry.dates),
            )
            for item in found.classes
        ),
        closed=tuple(
            ClosedPeriod(name=period.name, first=period.first.isoformat(), last=period.last.isoformat())
            for period in instance.calendar.closed
        ),
    )  # fmt: skip


def bars(key: str, note: str, rows: Iterable[tuple[str, int, str]]) -> str:
    """Return a bar chart of (name, value, text) as an image address; a picture of its own, since its styles stand inside it."""
    drawn = bar_chart(key, "", note, [Bar(*row) for row in rows])
    return "data:image/svg+xml;base64," + b64encode(drawn.encode()).decode()


def map_data(found: Pictures) -> dict[str, Any]:
    """Return what the map draws: companies, sites, and a line for each journey."""
    where = {used.site.id: (used.site.latitude, used.site.longitude) for used in found.sites}
    return {
        "companies": [
            {
                "number": place.number,
                "name": place.name,
                "municipality": place.municipality,
                "at": (round(place.latitude, 4), round(place.longitude, 4)),
                "asked": place.asked,
                "waiting": place.waiting,
            }
            for place in found.places
        ],
        "sites": [
            {"name": used.site.name, "municipality": used.site.municipality, "at": where[used.site.id], "classes": used.classes}
            for used in found.sites
        ],
        "lines": [
            {
                "from": (round(place.latitude, 4), round(place.longitude, 4)),
                "to": where[journey.site],
                "count": journey.count,
                "tone": found.courses[journey.course].tone,
                "dash": found.courses[journey.course].dash,
                "text": f"{place.name}: {journey.count} × {found.courses[journey.course].name}, {journey.km} km",
            }
            for place in found.places
            for journey in place.journeys
        ],
    }


# ---- inside --------------------------------------------------------------------------------------------------------------


def _looked_at(context: Context, actor: Actor, round_id: str, date: str, language: str = "en") -> tuple[Pictures, Instance]:
    rounds.must_plan(actor)
    proposal, document, _ = what_ifs.plan_of_night(context, round_id, date)
    instance = Instance.model_validate(document)
    found = proposal_from_json(json.dumps(proposal).encode())
    return pictures(instance, found, cast(Literal["nl", "en", "de"], language)), instance

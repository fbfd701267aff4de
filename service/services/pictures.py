"""A night as pictures: who travels where, and when which room and which instructor is taken."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from typing import Any, Literal, cast

from cohort_opt import Bar, Instance, Pictures, bar_chart, pictures, proposal_from_json
from service.actors import Actor
from service.services import rounds, what_ifs
from service.services.context import Context


def night_pictures(context: Context, actor: Actor, round_id: str, date: str, language: str) -> Pictures:
    """Return the pictures of a night's plan."""
    rounds.must_plan(actor)
    proposal, document, _ = what_ifs.plan_of_night(context, round_id, date)
    instance = Instance.model_validate(document)
    found = proposal_from_json(json.dumps(proposal).encode())
    return pictures(instance, found, cast(Literal["nl", "en", "de"], language))


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

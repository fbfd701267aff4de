"""Map and timeline of a night over HTTP, as the data that a page draws."""

from __future__ import annotations

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from service.schemas import NightMap, NightTimeline
from service.services import pictures
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer
from service.views.plans import date_of
from service.views.rounds import NightPath
from service.views.wall import current_actor

api = APIBlueprint("pictures", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="pictures")], abp_responses=PROBLEMS)


@api.get("/rounds/<string:round_id>/proposals/<string:night>/map", responses={200: NightMap})
def night_map(path: NightPath) -> Response:
    """Return who travels where, with places and distances; for the planner. Outlines to lay beneath: `/outlines.geojson`."""
    return json_answer(pictures.night_map(context(), current_actor(), path.round_id, date_of(path)).model_dump_json())


@api.get("/rounds/<string:round_id>/proposals/<string:night>/timeline", responses={200: NightTimeline})
def timeline(path: NightPath) -> Response:
    """Return when which room and which instructor is taken; for the planner."""
    return json_answer(pictures.timeline(context(), current_actor(), path.round_id, date_of(path)).model_dump_json())

"""Arguing about a plan over HTTP: repairs, what-ifs, their adoption, and who bears what."""

from __future__ import annotations

from typing import Annotated

from flask import Response, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, Field

from service.schemas import (
    Bill,
    BillRequest,
    NightState,
    RepairList,
    RepairState,
    WhatIfList,
    WhatIfName,
    WhatIfRequest,
    WhatIfState,
)
from service.services import bills, explanations, nights, what_ifs
from service.services.answers import Once, once
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer, queued
from service.views.rounds import NightPath
from service.views.speech import chosen
from service.views.wall import current_actor

api = APIBlueprint("plans", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="plans")], abp_responses=PROBLEMS)


def date_of(path: NightPath) -> str:
    """Return the date of the night in an address."""
    return nights.date_of(context(), current_actor(), path.round_id, path.night)


def once_of(path: NightPath, date: str, what: str) -> Once:
    """Return the identity of a request that does something with a night's plan, by its date whatever the address calls it."""
    route = f"POST /api/v1/rounds/{path.round_id}/proposals/{date}/{what}"
    return once(route, request.headers.get("Idempotency-Key"), request.get_data())


class LinePath(NightPath):
    """Address of one demand line of a night."""

    demand_id: Annotated[str, Field(description="id of the line: company, dot, name of the line")]


class WhatIfPath(BaseModel):
    """Address of a what-if."""

    job_id: Annotated[str, Field(description="of its job, as given when it was asked")]


@api.get("/rounds/<string:round_id>/proposals/<string:night>/lines/<string:demand_id>/repairs", responses={200: RepairList})
def repairs(path: LinePath) -> Response:
    """Return the cheapest changes that place a waiting line; for the planner. 503 while others are looking."""
    found = what_ifs.repairs(context(), current_actor(), path.round_id, date_of(path), path.demand_id)
    names = RepairState.model_fields.keys()
    rows = tuple(RepairState(**{name: repair.get(name) for name in names}) for repair in found["repairs"])
    return json_answer(RepairList(demand=path.demand_id, waiting=found["waiting"], repairs=rows).model_dump_json())


@api.post("/rounds/<string:round_id>/proposals/<string:night>/what-ifs", responses={202: WhatIfState})
def ask(path: NightPath, body: WhatIfRequest) -> Response:
    """Solve a night with a change; the answer names the job to follow."""
    date = date_of(path)
    identity = once_of(path, date, "what-ifs")
    return queued(what_ifs.ask_once(context(), current_actor(), path.round_id, date, lambda: body.scenario, identity))


@api.get("/rounds/<string:round_id>/proposals/<string:night>/what-ifs", responses={200: WhatIfList})
def list_what_ifs(path: NightPath) -> Response:
    """Return the what-ifs of a night, the latest first."""
    found = what_ifs.of_night(context(), current_actor(), path.round_id, date_of(path))
    names = tuple(WhatIfName(job=job, name=name) for job, name in found)
    return json_answer(WhatIfList(what_ifs=names).model_dump_json())


@api.get("/what-ifs/<string:job_id>", responses={200: WhatIfState})
def get_what_if(path: WhatIfPath) -> Response:
    """Return a what-if beside its night: who moved, what opened (by `Accept-Language`), whether companies must agree."""
    actor = current_actor()
    shown = what_ifs.what_if(context(), actor, path.job_id)
    state = WhatIfState(
        round=what_ifs.round_of(context(), actor, path.job_id), night=shown.night, name=shown.name, job=shown.job,
        has_plan=shown.after is not None, asks_companies=shown.asks_companies,
        changes=explanations.change_list(shown.changes, chosen()),
    )  # fmt: skip
    headers = {} if shown.job.finished_at else {"Retry-After": "1"}
    return json_answer(state.model_dump_json(), headers=headers)


@api.post("/what-ifs/<string:job_id>/adopt", responses={200: NightState})
def adopt(path: WhatIfPath) -> Response:
    """Make a what-if the plan of its night; 409 where companies must change something first, or it is that already."""
    return json_answer(what_ifs.adopt(context(), current_actor(), path.job_id).model_dump_json())


@api.post("/rounds/<string:round_id>/proposals/<string:night>/bill", responses={200: Bill})
def bill(path: NightPath, body: BillRequest) -> Response:
    """Return who bears what of a night's plan in a form of alliance; nothing is stored."""
    found = bills.alliance_bill(context(), current_actor(), path.round_id, date_of(path), body)
    return json_answer(found.model_dump_json())

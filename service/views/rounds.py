"""Rounds over HTTP: the planner's base, each company's counts, the nights and what each may see of them."""

from __future__ import annotations

import re
from typing import Annotated

from flask import Response, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, Field

from service.problems import Flaw, Refusal
from service.schemas import (
    CompanyCounts,
    CompanyProposal,
    CountsReceipt,
    NightList,
    NightRequest,
    NightState,
    RoundAggregate,
    RoundList,
    RoundOverview,
    RoundRequest,
    RoundState,
    StoredCounts,
)
from service.services import nights, retention, rounds
from service.services.answers import once
from service.services.versions import ANY
from service.views.conditions import if_match, tagged
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer, queued
from service.views.paging import PageQuery, cut
from service.views.wall import current_actor

api = APIBlueprint("rounds", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="rounds")], abp_responses=PROBLEMS)

ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"


class RoundPath(BaseModel):
    """Address of a round."""

    round_id: Annotated[str, Field(description="chosen by the planner: letters, digits, dot, dash, underscore")]


class CountsPath(RoundPath):
    """Address of one company's counts in a round."""

    company_id: Annotated[str, Field(description="id of the company in the round")]


class NightPath(RoundPath):
    """Address of one night of a round."""

    night: Annotated[str, Field(description="a date, YYYY-MM-DD, or `latest` for the last good one")]


class CompanyNightPath(NightPath):
    """Address of what one company may see of a night."""

    company_id: Annotated[str, Field(description="id of the company in the round")]


@api.get("/rounds", responses={200: RoundList})
def list_rounds(query: PageQuery) -> Response:
    """Return all rounds, by id."""
    shown, link = cut(query, rounds.list_rounds(context(), current_actor()), lambda state: [state.id])
    return json_answer(RoundList(rounds=shown).model_dump_json(), headers=link)


@api.put("/rounds/<string:round_id>", responses={200: RoundState, 201: RoundState})
def put_round(path: RoundPath, body: RoundRequest) -> Response:
    """Set up a round, or a new version of it (with `If-Match`): an instance without demand lines and pins."""
    check_round_id(path.round_id)
    state, is_new = rounds.put_round(context(), current_actor(), path.round_id, body, if_match())
    location = {"Location": f"/api/v1/rounds/{path.round_id}"} if is_new else {}
    return tagged(state.model_dump_json(), state.version, 201 if is_new else 200, location)


@api.get("/rounds/<string:round_id>", responses={200: RoundOverview})
def get_round(path: RoundPath) -> Response:
    """Return a round and who has sent counts; for its planner."""
    found = rounds.get_round(context(), current_actor(), path.round_id)
    return tagged(found.model_dump_json(), found.version)


@api.delete("/rounds/<string:round_id>", responses={204: None})
def erase_round(path: RoundPath) -> Response:
    """Erase a round with everything in it; its id stays as a tombstone."""
    retention.erase_round(context(), current_actor(), path.round_id)
    return Response(status=204)


@api.get("/rounds/<string:round_id>/aggregate", responses={200: RoundAggregate})
def get_aggregate(path: RoundPath) -> Response:
    """Return sums over a round that tell nothing about one company; for readers and planners."""
    return json_answer(rounds.aggregate(context(), current_actor(), path.round_id).model_dump_json())


@api.put("/rounds/<string:round_id>/demands/<string:company_id>", responses={201: CountsReceipt, 202: CountsReceipt})
def put_counts(path: CountsPath, body: CompanyCounts) -> Response:
    """Store one company's counts; they replace what it sent before, whose tag is sent as `If-Match`.

    201: tonight's plan reads them. 202: tonight's plan has begun already, and the next one reads them.
    """
    stored = rounds.submit_counts(context(), current_actor(), path.round_id, path.company_id, body, if_match())
    return tagged(stored.model_dump_json(), stored.version, 201 if stored.read_by == nights.today(context()) else 202)


@api.post("/rounds/<string:round_id>/demands/<string:company_id>/validate", responses={200: CountsReceipt})
def validate_counts(path: CountsPath, body: CompanyCounts) -> Response:
    """Check one company's counts as a submit would, and store nothing."""
    found = rounds.check_counts(context(), current_actor(), path.round_id, path.company_id, body)
    return json_answer(found.model_dump_json())


@api.get("/rounds/<string:round_id>/demands/<string:company_id>", responses={200: StoredCounts})
def get_counts(path: CountsPath) -> Response:
    """Return a company's own counts."""
    return tagged(*rounds.counts_document(context(), current_actor(), path.round_id, path.company_id))


@api.delete("/rounds/<string:round_id>/demands/<string:company_id>", responses={200: StoredCounts})
def withdraw_counts(path: CountsPath) -> Response:
    """Withdraw all counts of a company; asking twice answers the same."""
    stored = rounds.withdraw_counts(context(), current_actor(), path.round_id, path.company_id, if_match(ANY))
    return tagged(stored.model_dump_json(), stored.version)


@api.get("/rounds/<string:round_id>/proposals", responses={200: NightList})
def list_nights(path: RoundPath, query: PageQuery) -> Response:
    """Return the nights of a round, the latest first; for its planner."""
    found = nights.list_nights(context(), current_actor(), path.round_id)
    shown, link = cut(query, found, lambda night: [night.date, night.attempt], falling=True)
    return json_answer(NightList(nights=shown).model_dump_json(), headers=link)


@api.post("/rounds/<string:round_id>/proposals", responses={200: NightState, 202: NightState})
def propose_night(path: RoundPath, body: NightRequest) -> Response:
    """Propose over the stored counts, once per local date; the same date again answers the stored night with 200."""
    date = body.date.isoformat() if body.date else nights.today(context())
    route = f"POST /api/v1/rounds/{path.round_id}/proposals"
    identity = once(route, request.headers.get("Idempotency-Key"), request.get_data())
    answer = nights.propose_once(context(), current_actor(), path.round_id, date, identity)
    return queued(answer)


@api.get("/rounds/<string:round_id>/proposals/<string:night>", responses={200: NightState})
def get_night(path: NightPath) -> Response:
    """Return one night of a round; for its planner."""
    found = nights.get_night(context(), current_actor(), path.round_id, path.night)
    return json_answer(found.model_dump_json(), headers={} if found.job.finished_at else {"Retry-After": "1"})


@api.get("/rounds/<string:round_id>/proposals/<string:night>/companies/<string:company_id>", responses={200: CompanyProposal})
def company_proposal(path: CompanyNightPath) -> Response:
    """Return what one company may see of a night's proposal: its own seats, shares, dates and reasons."""
    found = nights.company_proposal(context(), current_actor(), path.round_id, path.night, path.company_id)
    return json_answer(found.model_dump_json())


def check_round_id(round_id: str) -> None:
    """Refuse an id that could not stand in an address."""
    if not re.fullmatch(ID, round_id):
        detail = "An id has 1 to 64 letters, digits, dots, dashes or underscores and starts with a letter or digit."
        raise Refusal("invalid-id", detail, (Flaw("", "invalid-id", detail),))

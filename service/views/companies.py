"""Companies over HTTP: who takes part in a round, who asks to, and the erasure of one."""

from __future__ import annotations

from flask import Response, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel

from service.schemas import CompanyList, CompanyRequest, CompanyState, KeptSums, NightSum, SignUpAnswer, SignUpRequest
from service.services import erasure, outbox, registrations
from service.services.answers import once
from service.views.documentation import PROBLEMS
from service.views.jobs import answered, context, json_answer
from service.views.paging import PageQuery, cut
from service.views.rounds import RoundPath
from service.views.wall import current_actor

api = APIBlueprint("companies", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="companies")], abp_responses=PROBLEMS)


class CompanyPath(BaseModel):
    """Address of a company, whatever its rounds."""

    company_id: str


@api.post("/rounds/<string:round_id>/companies", responses={201: CompanyState})
def add_company(path: RoundPath, body: CompanyRequest) -> Response:
    """Add a company to a round; for its planner."""
    identity = once(f"POST /api/v1/rounds/{path.round_id}/companies", request.headers.get("Idempotency-Key"), request.get_data())
    return answered(registrations.add_company(context(), current_actor(), path.round_id, body, identity))


@api.get("/rounds/<string:round_id>/companies", responses={200: CompanyList})
def list_companies(path: RoundPath, query: PageQuery) -> Response:
    """Return the companies of a round; for its planner."""
    found = registrations.companies(context(), current_actor(), path.round_id)
    shown, link = cut(query, found, lambda company: [company.id])
    return json_answer(CompanyList(companies=shown).model_dump_json(), headers=link)


@api.delete("/companies/<string:company_id>", responses={204: None})
def erase_company(path: CompanyPath) -> Response:
    """Erase a company from all rounds: counts, plans made with them, offers, accounts, mails; its id stays as a tombstone."""
    erasure.erase_company(context(), current_actor(), path.company_id)
    return Response(status=204)


@api.get("/rounds/<string:round_id>/statistics", responses={200: KeptSums})
def statistics(path: RoundPath) -> Response:
    """Return what was kept of nights whose plans were erased; for readers and planners."""
    found = erasure.sums_of(context(), current_actor(), path.round_id)
    names = ("date", "course", "trainees", "companies")
    nights = tuple(NightSum(**{name: row[name] for name in names}) for row in found)
    return json_answer(KeptSums(round=path.round_id, nights=nights).model_dump_json())


@api.post("/sign-ups", responses={202: SignUpAnswer})
def sign_up(body: SignUpRequest) -> Response:
    """Ask to take part; the answer is the same whoever is known already, and the academy answers by mail."""
    detail = registrations.sign_up(context(), body)
    outbox.deliver_quietly(context())
    return json_answer(SignUpAnswer(detail=detail).model_dump_json(), 202)


SLOWED = ("companies.sign_up",)
"""Where those who ask again and again are slowed down."""

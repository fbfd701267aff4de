"""Publications and offers over HTTP: the planner publishes and follows, companies answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import Field

from service.schemas import (
    ApprovalState,
    DecisionDay,
    OfferList,
    OfferState,
    Outlook,
    PublicationOverview,
    PublicationRequest,
    PublicationState,
    ReplyRequest,
    Statement,
    WithdrawalRequest,
)
from service.services import approvals, nights, offers, outbox, outlooks, publications, statements
from service.services.versions import ANY
from service.views.conditions import if_match, tagged
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer
from service.views.plans import date_of
from service.views.rounds import CountsPath, NightPath, RoundPath
from service.views.speech import language
from service.views.wall import current_actor

api = APIBlueprint("offers", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="offers")], abp_responses=PROBLEMS)

_PDF: dict[str | int | HTTPStatus, Any] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}},
    406: {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}},
}


class OfferPath(CountsPath):
    """Address of one offer of a company."""

    offer_id: Annotated[str, Field(description="as given in the list of offers")]


@api.put("/rounds/<string:round_id>/publication", responses={201: PublicationState})
def publish(path: RoundPath, body: PublicationRequest) -> Response:
    """Publish the proposal of a night; every company with a seat in it gets an offer by mail.

    Where something was published before, `If-Match` names its version.
    """
    found = publications.publish(context(), current_actor(), path.round_id, body, if_match())
    outbox.deliver_quietly(context())
    return tagged(found.model_dump_json(), found.version, 201)


@api.get("/rounds/<string:round_id>/publication", responses={200: PublicationOverview})
def get_publication(path: RoundPath) -> Response:
    """Return what is published, with every answer and the outlook of every class; for its planner."""
    found = publications.overview(context(), current_actor(), path.round_id)
    return tagged(found.model_dump_json(), found.version)


@api.delete("/rounds/<string:round_id>/publication", responses={204: None})
def withdraw(path: RoundPath) -> Response:
    """Withdraw what is published; its offers end."""
    publications.withdraw(context(), current_actor(), path.round_id, "withdrawn", if_match(ANY))
    return Response(status=204)


@api.post("/rounds/<string:round_id>/publication/withdrawal", responses={204: None})
def withdraw_with_note(path: RoundPath, body: WithdrawalRequest) -> Response:
    """Withdraw what is published and say why; its offers end. Asked twice, the second finds nothing: 404."""
    publications.withdraw(context(), current_actor(), path.round_id, body.note, if_match(ANY))
    outbox.deliver_quietly(context())
    return Response(status=204)


@api.get("/rounds/<string:round_id>/publication/outlook", responses={200: Outlook})
def outlook(path: RoundPath) -> Response:
    """Return go or no-go for every published class, and the days on which something is to be decided or starts."""
    found = publications.overview(context(), current_actor(), path.round_id)
    days = tuple(
        DecisionDay(date=date.isoformat(), kind=entry.kind, class_id=entry.outlook.class_id)
        for date, entry in outlooks.entries(found.outlook)
    )
    return tagged(Outlook(classes=found.outlook, days=days).model_dump_json(), found.version)


@api.get("/rounds/<string:round_id>/proposals/<string:night>/approval", responses={200: ApprovalState})
def approval(path: NightPath) -> Response:
    """Return whether a night's plan waits for a second planner; `PUT .../publication` by another one is the approval."""
    date = date_of(path)
    nights.get_night(context(), current_actor(), path.round_id, date)
    found = approvals.waiting(context(), current_actor(), path.round_id, date)
    state = ApprovalState(
        waits=found is not None, is_own=found is not None and found.is_own, note=found.note if found else None,
        answer_until=found.answer_until if found else None, asked_at=found.asked_at if found else None,
    )  # fmt: skip
    return json_answer(state.model_dump_json())


@api.get("/rounds/<string:round_id>/companies/<string:company_id>/offers", responses={200: OfferList})
def list_offers(path: CountsPath) -> Response:
    """Return a company's own offers in what is published now."""
    found = offers.company_offers(context(), current_actor(), path.round_id, path.company_id)
    return json_answer(OfferList(offers=tuple(found)).model_dump_json())


@api.get("/rounds/<string:round_id>/companies/<string:company_id>/statement", responses={200: Statement})
def get_statement(path: CountsPath) -> Response:
    """Return a company's statement: its seats, alone against together, and the rule of its price in words."""
    found = statements.statement(context(), current_actor(), path.round_id, path.company_id, language())
    return json_answer(found.model_dump_json())


@api.get("/rounds/<string:round_id>/companies/<string:company_id>/statement.pdf", responses=_PDF)
def statement_pdf(path: CountsPath) -> Response:
    """Return a company's statement as a PDF; 406 where the service writes none."""
    data = statements.statement_pdf(context(), current_actor(), path.round_id, path.company_id, language())
    return pdf(data, f"{path.round_id}-{path.company_id}.pdf")


def pdf(data: bytes, name: str) -> Response:
    """Return a PDF as a file to keep."""
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@api.put("/rounds/<string:round_id>/companies/<string:company_id>/offers/<string:offer_id>/answer", responses={200: OfferState})
def reply(path: OfferPath, body: ReplyRequest) -> Response:
    """Accept, decline, accept with conditions, or ask to be called; a later answer replaces it."""
    found = offers.reply(context(), current_actor(), path.round_id, path.company_id, path.offer_id, body)
    return json_answer(found.model_dump_json())

"""Webhooks over HTTP: where a company or a planner wants to be told what happened."""

from __future__ import annotations

from typing import Annotated

from flask import Response, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, Field

from service.schemas import WebhookList, WebhookMade, WebhookRequest
from service.services import webhooks
from service.services.answers import once
from service.views.documentation import PROBLEMS
from service.views.jobs import answered, context, json_answer
from service.views.wall import current_actor

api = APIBlueprint("webhooks", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="webhooks")], abp_responses=PROBLEMS)


class WebhookPath(BaseModel):
    """Address of a webhook."""

    webhook_id: Annotated[str, Field(description="as given when it was made")]


@api.post("/webhooks", responses={201: WebhookMade})
def add_webhook(body: WebhookRequest) -> Response:
    """Make a webhook; the key of its signatures is in this answer and nowhere else."""
    identity = once("POST /api/v1/webhooks", request.headers.get("Idempotency-Key"), request.get_data())
    return answered(webhooks.add(context(), current_actor(), body.address, identity))


@api.get("/webhooks", responses={200: WebhookList})
def list_webhooks() -> Response:
    """Return the asker's webhooks."""
    found = webhooks.of_actor(context(), current_actor())
    return json_answer(WebhookList(webhooks=tuple(found)).model_dump_json())


@api.delete("/webhooks/<string:webhook_id>", responses={204: None})
def remove_webhook(path: WebhookPath) -> Response:
    """Remove a webhook; what waits for it is not sent."""
    webhooks.remove(context(), current_actor(), path.webhook_id)
    return Response(status=204)

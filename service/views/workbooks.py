"""A company's workbook over HTTP: take it, look at what a filled-in one says, store it, or get it back with its errors marked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from service.problems import Refusal
from service.schemas import CountsReceipt, WorkbookPreview
from service.services import nights, workbooks
from service.views.conditions import if_match, tagged
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer
from service.views.rounds import CountsPath
from service.views.speech import language
from service.views.wall import current_actor

api = APIBlueprint("workbooks", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="workbooks")], abp_responses=PROBLEMS)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE: dict[str | int | HTTPStatus, Any] = {200: {"content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}}}}
_BODY = {"required": True, "content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}}}


@api.get("/rounds/<string:round_id>/demands/<string:company_id>/workbook", responses=_FILE)
def take(path: CountsPath) -> Response:
    """Return the company's workbook with its own rows, in the language of `Accept-Language`."""
    return sheet(workbooks.counts_workbook(context(), current_actor(), path.round_id, path.company_id, language()))


@api.put(
    "/rounds/<string:round_id>/demands/<string:company_id>/workbook",
    responses={200: CountsReceipt, 201: CountsReceipt, 202: CountsReceipt}, request_body=_BODY,
)  # fmt: skip
def store(path: CountsPath) -> Response:
    """Store what a filled-in workbook says: all of it, or nothing with the cell of every error."""
    found = workbooks.store_workbook(context(), current_actor(), path.round_id, path.company_id, _data(), if_match())
    status = 200
    if isinstance(found, CountsReceipt):
        status = 201 if found.read_by == nights.today(context()) else 202
    return tagged(found.model_dump_json(), found.version, status)


@api.post(
    "/rounds/<string:round_id>/demands/<string:company_id>/workbook/preview",
    responses={200: WorkbookPreview}, request_body=_BODY,
)  # fmt: skip
def preview(path: CountsPath) -> Response:
    """Return what a filled-in workbook says, or the cell of every error; nothing is stored."""
    found = workbooks.read_workbook(context(), current_actor(), path.round_id, path.company_id, _data())
    shown = WorkbookPreview(lines=tuple(found.lines), places=dict(found.places), warnings=found.warnings)
    return json_answer(shown.model_dump_json())


@api.post("/rounds/<string:round_id>/demands/<string:company_id>/workbook/marked", responses=_FILE, request_body=_BODY)
def marked(path: CountsPath) -> Response:
    """Return a filled-in workbook with every error marked in its cell."""
    return sheet(workbooks.marked_workbook(context(), current_actor(), path.round_id, path.company_id, _data()))


def sheet(data: bytes, name: str = "counts.xlsx") -> Response:
    """Return a workbook as a file to keep."""
    return Response(data, mimetype=WORKBOOK, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _data() -> bytes:
    current_actor()
    if request.mimetype != WORKBOOK:
        raise Refusal("unsupported-media-type", f"Send the workbook as {WORKBOOK}.")
    return request.get_data()

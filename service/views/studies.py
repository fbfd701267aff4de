"""What a planner asks of a night's plan over HTTP: a figure through a range, questions, and who pays after a company has left.

Nothing here is stored, so that no request needs a key.
"""

from __future__ import annotations

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from service.schemas import (
    LeaveRequest,
    QuestionAnswer,
    QuestionRequest,
    Settlement,
    Sweep,
    SweepPoint,
    SweepRequest,
)
from service.services import leaving, questions, sweeps
from service.services.sweeps import Range
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer
from service.views.plans import date_of
from service.views.rounds import NightPath
from service.views.wall import current_actor

api = APIBlueprint("studies", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="nights")], abp_responses=PROBLEMS)


@api.post("/rounds/<string:round_id>/proposals/<string:night>/sweep", responses={200: Sweep})
def sweep(path: NightPath, body: SweepRequest) -> Response:
    """Return what each value of a figure would bring a night; 503 while others are asking."""
    wanted = Range(body.figure, body.first, body.last, body.step)
    points = sweeps.sweep_night(context(), current_actor(), path.round_id, date_of(path), wanted)
    return json_answer(Sweep(points=tuple(SweepPoint(**point) for point in points)).model_dump_json())


@api.post("/rounds/<string:round_id>/proposals/<string:night>/questions", responses={200: QuestionAnswer})
def ask(path: NightPath, body: QuestionRequest) -> Response:
    """Return the answer to a question about a night's plan; 503 while others are asking."""
    found = questions.ask(context(), current_actor(), path.round_id, date_of(path), body.question, body.by, body.survival_percent)
    figures = {name: value for name, value in found.items() if name != "rows"}
    return json_answer(QuestionAnswer(question=body.question, figures=figures, rows=tuple(found["rows"])).model_dump_json())


@api.post("/rounds/<string:round_id>/proposals/<string:night>/settlements", responses={200: Settlement})
def leave(path: NightPath, body: LeaveRequest) -> Response:
    """Return who pays for the classes of a night when a company leaves them, by terms that were declared before."""
    found = leaving.settlements(context(), current_actor(), path.round_id, date_of(path), body)
    return json_answer(Settlement(classes=found).model_dump_json())

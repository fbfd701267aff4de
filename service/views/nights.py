"""What is done with a night's plan besides reading it, over HTTP: what changed, who waits, a late line, moves by hand."""

from __future__ import annotations

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag

from service.schemas import (
    ChangeList,
    CourseSlots,
    LateFits,
    LateRequest,
    LateSeatRequest,
    MoveBoard,
    MovesRequest,
    SeatedState,
    SlotState,
    WaitingList,
    WhatIfState,
    fits_of,
)
from service.services import explanations, late, moves, nights
from service.services.late import LateLine
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer, queued
from service.views.plans import date_of, once_of
from service.views.rounds import NightPath
from service.views.speech import chosen
from service.views.wall import current_actor

api = APIBlueprint("nights", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="nights")], abp_responses=PROBLEMS)


@api.get("/rounds/<string:round_id>/proposals/<string:night>/changes", responses={200: ChangeList})
def changes(path: NightPath) -> Response:
    """Return what changed since the last good night before, in the language of `Accept-Language`; for its planner."""
    report = nights.night_report(context(), current_actor(), path.round_id, date_of(path))
    return json_answer(ChangeList(changes=explanations.change_list(report.changes, chosen())).model_dump_json())


@api.get("/rounds/<string:round_id>/proposals/<string:night>/waiting-list", responses={200: WaitingList})
def waiting_list(path: NightPath) -> Response:
    """Return who waits and why, in the language of `Accept-Language`; for its planner."""
    found = explanations.waiting_list(context(), current_actor(), path.round_id, date_of(path), chosen())
    return json_answer(found.model_dump_json())


@api.post("/rounds/<string:round_id>/proposals/<string:night>/late-requests/fits", responses={200: LateFits})
def late_fits(path: NightPath, body: LateRequest) -> Response:
    """Return the three best classes for a line that came too late, with their prices; nothing is planned and nothing stored."""
    found = late.fits(context(), current_actor(), path.round_id, date_of(path), _late_line(body))
    return json_answer(fits_of(found).model_dump_json())


@api.post("/rounds/<string:round_id>/proposals/<string:night>/late-requests", responses={202: WhatIfState})
def seat_late_line(path: NightPath, body: LateSeatRequest) -> Response:
    """Solve the night with the line in one of its classes and everybody else where they are; the what-if can be adopted."""
    date = date_of(path)
    line, identity = _late_line(body), once_of(path, date, "late-requests")
    return queued(late.ask_once(context(), current_actor(), path.round_id, date, line, body.class_id, identity))


@api.get("/rounds/<string:round_id>/proposals/<string:night>/moves", responses={200: MoveBoard})
def move_board(path: NightPath) -> Response:
    """Return who sits where, and where everybody could sit; for its planner."""
    board = moves.board(context(), current_actor(), path.round_id, date_of(path))
    return json_answer(MoveBoard(courses=tuple(_course(entry) for entry in board)).model_dump_json())


@api.post("/rounds/<string:round_id>/proposals/<string:night>/moves", responses={202: WhatIfState})
def move(path: NightPath, body: MovesRequest) -> Response:
    """Solve the night with a set of moves by hand; the what-if changes nothing until it is adopted."""
    date = date_of(path)
    wanted, identity = [one.to_move() for one in body.moves], once_of(path, date, "moves")
    answer = moves.ask_once(
        context(), current_actor(), path.round_id, date, wanted, body.name, identity, keep_others=body.keep_others
    )
    return queued(answer)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _late_line(body: LateRequest) -> LateLine:
    earliest, latest = (date.isoformat() if date else "" for date in (body.earliest_start, body.latest_start))
    return LateLine(body.company, body.course, body.count, earliest, latest, body.max_travel_km)


def _course(entry: moves.CourseBoard) -> CourseSlots:
    return CourseSlots(
        course=entry.course,
        course_name=entry.name,
        slots=tuple(
            SlotState(
                site_name=slot.site,
                pattern=slot.kind,
                seated=tuple(map(_seated, slot.seated)),
                **{name: getattr(slot, name) for name in ("run", "start", "end", "days", "min_seats", "max_seats")},
            )
            for slot in entry.slots
        ),
        waiting=tuple(map(_seated, entry.waiting)),
    )


def _seated(one: moves.Seated) -> SeatedState:
    return SeatedState(demand=one.demand, company_name=one.company, run=one.run or None, count=one.count, may=one.may)

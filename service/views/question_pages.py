"""What a planner asks about a night's plan: what a figure does, and questions with a picture and a table."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from service.languages import class_names, euros, number
from service.problems import Refusal
from service.services import pictures, questions, rounds, sweeps, what_ifs
from service.services.sweeps import Range
from service.views import speech
from service.views.jobs import context
from service.views.typed import whole
from service.views.wall import current_actor

pages = Blueprint("question_pages", __name__)


@pages.get("/rounds/<string:round_id>/nights/<string:date>/sweep")
def sweep(round_id: str, date: str) -> Response:
    """Return the form of a sweep, and its picture and table where it is asked for."""
    what_ifs.must_have_plan(context(), current_actor(), round_id, date)
    given = request.args
    figure = given.get("figure", next(iter(sweeps.RANGES)))
    first, last, step = sweeps.RANGES.get(figure, (0, 0, 1))
    shown = {name: given.get(name, value) for name, value in (("first", first), ("last", last), ("step", step))}
    points, refusal = None, None
    if given.get("go"):
        try:
            wanted = Range(figure, *(whole(str(value)) for value in shown.values()))
            points = sweeps.sweep_night(context(), current_actor(), round_id, date, wanted)
        except Refusal as error:
            if error.status not in (422, 503):
                raise
            refusal = error
    page = render_template(
        "sweep.html",
        round=rounds.get_round(context(), current_actor(), round_id),
        date=date,
        figure=figure,
        ranges=sweeps.RANGES,
        most=sweeps.MOST_VALUES,
        points=points,
        picture=_sweep_picture(points) if points else "",
        refusal=refusal,
        **shown,
    )
    return Response(page, refusal.status if refusal else 200, mimetype="text/html")


@pages.get("/rounds/<string:round_id>/nights/<string:date>/questions")
def question(round_id: str, date: str) -> Response:
    """Return the questions that can be asked of a night, and the answer to one of them."""
    proposal, instance = what_ifs.must_have_plan(context(), current_actor(), round_id, date)
    given = request.args
    asked, by, survival = given.get("ask", ""), given.get("by", "company"), given.get("survival", "").strip()
    found, refusal = None, None
    if asked:
        try:
            found = questions.ask(context(), current_actor(), round_id, date, asked, by, whole(survival) if survival else None)
        except Refusal as error:
            if error.status not in (422, 503):
                raise
            refusal = error
    names = _names(proposal, instance) if found else {}
    if found and asked == "robustness":
        found["rows"] = [{**row, "class_name": names.get(row["class"], row["class"])} for row in found["rows"]]
    page = render_template(
        "questions.html",
        names=names,
        round=rounds.get_round(context(), current_actor(), round_id),
        date=date,
        asked=asked,
        by=by,
        survival=survival,
        questions=questions.QUESTIONS,
        found=found,
        picture=_question_picture(asked, found["rows"]) if found and found["rows"] else "",
        refusal=refusal,
    )
    return Response(page, refusal.status if refusal else 200, mimetype="text/html")


# ---- inside --------------------------------------------------------------------------------------------------------------


def _names(proposal: dict[str, Any], instance: dict[str, Any]) -> dict[str, str]:
    """Return what people call the classes, runs and lines of a night's plan, by id."""
    called = {row["id"]: row["name"] for kind in ("companies", "courses") for row in instance[kind]}
    lines = {row["id"]: f"{called[row['company']]}, {called[row['course']]}" for row in instance["demands"]}
    return {**lines, **class_names(proposal, instance, speech.language())}


def _sweep_picture(points: list[dict[str, Any]]) -> str:
    text = speech.gettext("%(placed)s placed, %(waiting)s waiting, %(classes)s classes, %(cents)s")
    rows = [
        (str(point["value"]), point["placed"], text % {**point, "cents": _euros(point["objective_cents"])})
        for point in points
        if point["objective_cents"] is not None
    ]
    return pictures.bars("sweep", speech.gettext("Trainees with a seat for each value"), rows)


def _question_picture(question: str, rows: list[dict[str, Any]]) -> str:
    """Return the picture of an answer; the values of one more stand in their table alone."""
    if question == "robustness":
        note = speech.gettext("Chance that each class keeps its minimum")
        told = [f"{number(row['percent'], speech.language())} %" for row in rows]
        percents = [(row["class_name"], round(10 * row["percent"]), text) for row, text in zip(rows, told, strict=True)]
        return pictures.bars(question, note, percents)
    figure, note = {
        "pooling": ("gain_cents", speech.gettext("Euros saved against the cheapest way without the others")),
        "stability": ("gain_cents", speech.gettext("Euros that each company gains by staying")),
        "flexibility": (
            "worth_cents",
            speech.gettext("How much dearer the plan would be without the flexibility of each company"),
        ),
    }.get(question, ("", ""))
    if not figure:
        return ""
    return pictures.bars(question, note, [(row["name"], row[figure], _euros(row[figure])) for row in rows])


def _euros(cents: int) -> str:
    return euros(cents, speech.language())

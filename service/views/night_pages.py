"""What a planner does with a night's plan besides reading it: a line that came too late, moves by hand, map and timeline."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cohort_opt import LateAnswer, Move, province_outlines
from service.problems import Flaw, Refusal
from service.services import exports, late, moves, pictures, rounds, what_ifs
from service.services.late import LateLine
from service.views import speech
from service.views.jobs import context, dispatcher
from service.views.typed import whole
from service.views.wall import current_actor

pages = Blueprint("night_pages", __name__)


@pages.get("/rounds/<string:round_id>/nights/<string:date>/late")
def late_line(round_id: str, date: str) -> Response:
    """Return the form of a late line, and its three best fits where it is filled in."""
    found, refusal = None, None
    if request.args.get("count", "").strip():
        try:
            found = late.fits(context(), current_actor(), round_id, date, _late_line())
        except Refusal as error:
            if error.status != 422:
                raise
            refusal = error
    return _late_page(round_id, date, found, refusal)


@pages.post("/rounds/<string:round_id>/nights/<string:date>/late")
def seat_late_line(round_id: str, date: str) -> Response | AnyResponse:
    """Solve the night with the line in one of its classes."""
    try:
        job = late.ask(context(), current_actor(), round_id, date, _late_line(), request.form.get("class", ""))
    except Refusal as error:
        if error.status != 422:
            raise
        return _late_page(round_id, date, None, error)
    dispatcher().dispatch()
    return redirect(url_for("what_ifs.one", job_id=job), 303)


@pages.get("/rounds/<string:round_id>/nights/<string:date>/moves")
def move_board(round_id: str, date: str) -> Response:
    """Return the board of a night: who sits where, and where they could sit."""
    return _board_page(round_id, date, [], None)


@pages.post("/rounds/<string:round_id>/nights/<string:date>/moves")
def move(round_id: str, date: str) -> Response | AnyResponse:
    """Solve the night with the moves of the form."""
    wanted: list[Move] = []
    try:
        wanted = _moves()
        name = request.form.get("name", "").strip() or speech.gettext("Moved by hand")
        keep = bool(request.form.get("keep_others"))
        job = moves.ask(context(), current_actor(), round_id, date, wanted, name, keep_others=keep)
    except Refusal as error:
        if error.status != 422:
            raise
        return _board_page(round_id, date, wanted, error)
    dispatcher().dispatch()
    return redirect(url_for("what_ifs.one", job_id=job), 303)


@pages.get("/rounds/<string:round_id>/nights/<string:date>/pictures")
def night_pictures(round_id: str, date: str) -> str:
    """Return map and timelines of a night, each with a table of the same content."""
    found = pictures.night_pictures(context(), current_actor(), round_id, date, speech.language())
    instance = what_ifs.plan_of_night(context(), round_id, date)[1]
    return render_template(
        "pictures.html",
        round=rounds.get_round(context(), current_actor(), round_id),
        date=date,
        found=found,
        map=pictures.map_data(found),
        sites={site["id"]: site["name"] for site in instance["sites"]},
        closed=instance["calendar"].get("closed", ()),
    )


@pages.get("/rounds/<string:round_id>/nights/<string:date>/files")
def files(round_id: str, date: str) -> str:
    """Return the list of every file of a night's plan, calendars of its classes among them."""
    found = exports.night_files(context(), current_actor(), round_id, date)
    overview = rounds.get_round(context(), current_actor(), round_id)
    return render_template("files.html", round=overview, date=date, files=sorted(found))


@pages.get("/outlines.geojson")
def outlines() -> Response:
    """Return the outlines that lie beneath the map."""
    return Response(province_outlines(), mimetype="application/geo+json")


# ---- inside --------------------------------------------------------------------------------------------------------------


def _late_line() -> LateLine:
    given = request.values
    km = given.get("max_travel_km", "").strip()
    return LateLine(
        given.get("company", ""), given.get("course", ""), whole(given.get("count", "")), given.get("earliest_start", "").strip(),
        given.get("latest_start", "").strip(), whole(km) if km else None,
    )  # fmt: skip


def _late_page(round_id: str, date: str, found: LateAnswer | None, refusal: Refusal | None) -> Response:
    instance = late.defaults(context(), current_actor(), round_id, date)
    page = render_template(
        "late.html",
        round=rounds.get_round(context(), current_actor(), round_id),
        date=date,
        instance=instance,
        sites={site["id"]: site["name"] for site in instance["sites"]},
        given=request.values,
        found=found,
        refusal=refusal,
    )
    return Response(page, refusal.status if refusal else 200, mimetype="text/html")


def _moves() -> list[Move]:
    """Return the moves that were collected, and the one that is filled in."""
    form = request.form
    texts = form.getlist("move")
    if form.get("who") and form.get("to"):
        texts.append("|".join((*form["who"].split("|")[:2], form["to"], form.get("count", ""))))
    found = []
    for i, text in enumerate(texts):
        parts = text.split("|")
        count = whole(parts[3]) if len(parts) == 4 else None
        if not isinstance(count, int):
            detail = speech.gettext("Say who moves, where to, and how many.")
            raise Refusal("wrong-type", detail, (Flaw(f"/moves/{i}", "wrong-type", detail),))
        found.append(Move(parts[0], parts[1], parts[2], count))
    return found


def _board_page(round_id: str, date: str, wanted: list[Move], refusal: Refusal | None) -> Response:
    page = render_template(
        "moves.html",
        round=rounds.get_round(context(), current_actor(), round_id),
        date=date,
        board=moves.board(context(), current_actor(), round_id, date),
        wanted=wanted,
        refusal=refusal,
    )
    return Response(page, refusal.status if refusal else 200, mimetype="text/html")

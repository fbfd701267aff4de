"""Who pays what of a night's plan, other than by its shares: in an alliance of companies, and after a company has left."""

from __future__ import annotations

from typing import Any, get_args

from flask import Blueprint, Response, render_template, request
from pydantic import ValidationError

from service.languages import class_names
from service.problems import Refusal, from_validation_error
from service.schemas import BillRequest, LeaveRequest
from service.schemas.bills import Form
from service.services import bills, leaving, rounds, what_ifs
from service.views import speech
from service.views.jobs import context
from service.views.typed import cents, whole
from service.views.wall import current_actor

pages = Blueprint("money_pages", __name__)


@pages.get("/rounds/<string:round_id>/nights/<string:date>/alliance")
def alliance(round_id: str, date: str) -> Response:
    """Return the forms of alliance, and who bears what of the plan in the one that is asked for."""
    plan = what_ifs.must_have_plan(context(), current_actor(), round_id, date)
    found, refusal = None, None
    if form := request.args.get("form", ""):
        try:
            lead = request.args.get("lead") or None if form == "lead_firm" else None
            wanted = BillRequest.model_validate({"form": form, "lead": lead})
            found = bills.alliance_bill(context(), current_actor(), round_id, date, wanted)
        except ValidationError as error:
            refusal = from_validation_error(error)
        except Refusal as error:
            if error.status != 422:
                raise
            refusal = error
    return _page("alliance.html", round_id, date, plan, refusal, found=found, forms_of_alliance=get_args(Form))


@pages.get("/rounds/<string:round_id>/nights/<string:date>/leaving")
def leave(round_id: str, date: str) -> Response:
    """Return the form of a leave, and who pays for the classes afterwards where it is filled in."""
    plan = what_ifs.must_have_plan(context(), current_actor(), round_id, date)
    given, found, refusal = request.args, None, None
    if given.get("company"):
        try:
            typed = {name: given.get(name, "") for name in ("company", "left_on")}
            figures = {name: whole(given.get(name, "")) for name in ("days", "percent")}
            reserve = cents(given.get("reserve", "").strip() or "0")
            wanted = LeaveRequest.model_validate({**typed, **figures, "reserve_cents": reserve})
            found = leaving.settlements(context(), current_actor(), round_id, date, wanted)
        except ValidationError as error:
            refusal = from_validation_error(error)
        except Refusal as error:
            if error.status != 422:
                raise
            refusal = error
    return _page("leaving.html", round_id, date, plan, refusal, found=found)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _page(
    template: str, round_id: str, date: str, plan: tuple[dict[str, Any], dict[str, Any]], refusal: Refusal | None, **shown: object
) -> Response:
    proposal, instance = plan
    seated = {member["company"] for entry in proposal["classes"] or () for member in entry["members"]}
    page = render_template(
        template,
        round=rounds.get_round(context(), current_actor(), round_id),
        date=date,
        companies={row["id"]: row["name"] for row in instance["companies"] if row["id"] in seated},
        names=class_names(proposal, instance, speech.language()),
        given=request.args,
        refusal=refusal,
        **shown,
    )
    return Response(page, refusal.status if refusal else 200, mimetype="text/html")

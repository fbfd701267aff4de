"""Pages of the academy beside its nights: sums that tell about no single company, and the erasure of one company."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.problems import Refusal
from service.services import erasure, retention, rounds, sector
from service.views.jobs import context
from service.views.wall import current_actor

pages = Blueprint("academy_pages", __name__)


@pages.get("/rounds/<string:round_id>/sums")
def sums(round_id: str) -> str:
    """Return the sums of a round for readers and planners; for planners also who has no seat, as it may be published."""
    actor = current_actor()
    found = rounds.aggregate(context(), actor, round_id)
    return render_template(
        "sums.html",
        round=next(row for row in rounds.list_rounds(context(), actor) if row.id == round_id),
        found=found,
        kept=erasure.sums_of(context(), actor, round_id),
        unmet=sector.unmet(context(), actor, round_id) if actor.plans else None,
    )


@pages.get("/companies/<string:company_id>/erase")
def erasure_form(company_id: str) -> str:
    """Return the page that says what erasing a company means, and asks for its id once more."""
    retention.must_erase(current_actor())
    return render_template("erase.html", company=company_id, refusal=None)


@pages.post("/companies/<string:company_id>/erase")
def erase(company_id: str) -> Response | AnyResponse:
    """Erase a company whose id was typed once more."""
    actor = current_actor()
    retention.must_erase(actor)
    try:
        if request.form.get("confirm", "").strip() != company_id:
            raise Refusal("missing-field", "Type the id of the company once more; nothing was erased.")
        erasure.erase_company(context(), actor, company_id)
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        page = render_template("erase.html", company=company_id, refusal=refusal)
        return Response(page, refusal.status, mimetype="text/html")
    return redirect(url_for("accounts.all_accounts", erased=company_id), 303)

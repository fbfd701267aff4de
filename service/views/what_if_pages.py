"""The pages of what-ifs: the cheapest repairs of who waits, one change beside the night, and its adoption."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cohort_opt import read_json
from service.languages import class_names
from service.problems import Refusal
from service.services import comparisons, nights, rounds, what_ifs
from service.views import speech
from service.views.jobs import context, dispatcher
from service.views.wall import current_actor

pages = Blueprint("what_ifs", __name__)


@pages.get("/rounds/<string:round_id>/nights/<string:date>/repairs")
def repairs(round_id: str, date: str) -> str:
    """Return the cheapest repairs of one waiting line; alone inside the night's page where a script asks."""
    demand = request.args.get("demand", "")
    refusal, found = None, {}
    try:
        found = what_ifs.repairs(context(), current_actor(), round_id, date, demand)
    except Refusal as error:
        if error.status != 503:
            raise
        refusal = error
    template = "repairs_list.html" if request.headers.get("HX-Request") else "repairs.html"
    return render_template(template, round_id=round_id, date=date, demand=demand, found=found, refusal=refusal)


@pages.post("/rounds/<string:round_id>/nights/<string:date>/what-ifs")
def ask(round_id: str, date: str) -> AnyResponse:
    """Solve the night with a change."""
    document = read_json(request.form.get("scenario", "").encode())
    job = what_ifs.ask(context(), current_actor(), round_id, date, document)
    dispatcher().dispatch()
    return redirect(url_for("what_ifs.one", job_id=job), 303)


@pages.get("/rounds/<string:round_id>/nights/<string:date>/compare")
def compare(round_id: str, date: str) -> str:
    """Return the night and up to four of its what-ifs side by side; it asks again while one of them is being solved."""
    actor = current_actor()
    found = comparisons.what_ifs_beside(context(), actor, round_id, date, request.args.getlist("job"))
    return render_template(
        "compare.html", round=rounds.get_round(context(), actor, round_id), found=found, date=date, classes=_classes(found)
    )


@pages.get("/what-ifs/<string:job_id>")
def one(job_id: str) -> str:
    """Return a what-if beside its night."""
    shown = what_ifs.what_if(context(), current_actor(), job_id)
    row = what_ifs.round_of(context(), current_actor(), job_id)
    overview = rounds.get_round(context(), current_actor(), row)
    adopted = nights.get_night(context(), current_actor(), row, shown.night).job.id == job_id
    names = {kind: {one["id"]: one["name"] for one in shown.instance[kind]} for kind in ("courses", "companies")}
    classes = {
        **class_names(shown.before, shown.instance, speech.language()),
        **class_names(shown.after, shown.instance, speech.language()),
    }
    return render_template(
        "what_if.html", shown=shown, round=overview, job=shown.job, adopted=adopted, names=names, classes=classes
    )


@pages.post("/what-ifs/<string:job_id>/adopt")
def adopt(job_id: str) -> AnyResponse:
    """Make the what-if the plan of its night."""
    round_id = what_ifs.round_of(context(), current_actor(), job_id)
    night = what_ifs.adopt(context(), current_actor(), job_id)
    return redirect(url_for("offers_pages.night", round_id=round_id, date=night.date), 303)


def _classes(found: comparisons.SideBySide) -> dict[str, str]:
    names: dict[str, str] = {}
    for plan in found.plans:
        names |= class_names(plan.proposal, plan.instance, speech.language())
    return names

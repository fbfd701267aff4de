"""The pages for people: try a demo, watch a job, set up a round, send counts, read the proposal."""

from __future__ import annotations

import json
import secrets
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

from cohort_opt import Instance, Proposal, generate_json, render_report
from service.actors import Role
from service.problems import BAD_CONTENT, STATUS_AND_TITLE, Refusal, from_validation_error
from service.schemas import CompanyCounts, JobRequest, Params
from service.services import answers, calendars, comparisons, demo, nights, offers, publications, rounds, statements, workbooks
from service.services import jobs as verbs
from service.views import count_form, refusals, speech
from service.views.jobs import context, dispatcher
from service.views.rounds import check_round_id
from service.views.wall import current_actor, visitor

pages = Blueprint("pages", __name__)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; sandbox"
"""The report is one file with its styles inside and no script; the sandbox gives it no origin, no forms and no scripts."""


def request_key() -> str:
    """Return a fresh key for a form, so that a double click has one effect."""
    return secrets.token_hex(16)


@pages.get("/healthz")
def health() -> Response:
    """Return 200 while the database answers."""
    with context().store.read():
        return Response('{"status":"ok"}', mimetype="application/json")


@pages.get("/favicon.ico")
def icon() -> Response:
    """Return the icon."""
    from flask import current_app

    return send_from_directory(current_app.static_folder or "", "icon.svg", mimetype="image/svg+xml")


@pages.get("/")
def home() -> str:
    """Return the first page."""
    actor = visitor()
    known = actor.plans or actor.role in (Role.COMPANY, Role.READER)
    return render_template(
        "home.html",
        rounds=rounds.list_rounds(context(), actor) if known else [],
        jobs=verbs.list_jobs(context(), actor, 8) if known else [],
    )


@pages.post("/try")
def try_demo() -> AnyResponse:
    """Submit the demo instance and go to its job."""
    document = json.loads(generate_json("A", 1))
    form = request.form.get("form", "")
    identity = answers.once("POST /try", form or "none", b"")
    answer = verbs.submit_job(context(), current_actor(), JobRequest(instance=document), "", identity)
    dispatcher().dispatch()
    return redirect(url_for("pages.job", job_id=answer.location.rsplit("/", 1)[1]), 303)


@pages.get("/jobs/<string:job_id>")
def job(job_id: str) -> str:
    """Return the page of a job."""
    return render_template("job.html", **_job(job_id))


@pages.get("/jobs/<string:job_id>/progress")
def progress(job_id: str) -> str:
    """Return the part of a job's page that changes; it stops asking when the job has ended."""
    return render_template("job_progress.html", **_job(job_id))


@pages.post("/jobs/<string:job_id>/finish")
def finish(job_id: str) -> AnyResponse:
    """Ask a job for the best plan that it has."""
    verbs.ask_to_finish(context(), current_actor(), job_id)
    return redirect(url_for("pages.job", job_id=job_id), 303)


@pages.post("/jobs/<string:job_id>/cancel")
def cancel(job_id: str) -> AnyResponse:
    """Cancel a job from its page."""
    verbs.cancel_job(context(), current_actor(), job_id)
    return redirect(url_for("pages.job", job_id=job_id), 303)


@pages.get("/jobs/<string:job_id>/report")
def report(job_id: str) -> Response:
    """Return the proposal's own page, alone in a sandbox."""
    body = verbs.get_proposal(context(), current_actor(), job_id)
    instance = Instance.model_validate_json(verbs.get_instance(context(), current_actor(), job_id))
    page = render_report(instance, Proposal.model_validate_json(body))["index.html"]
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": REPORT_POLICY})


@pages.get("/rounds")
def all_rounds() -> str:
    """Return the planner's list of rounds."""
    return render_template("rounds.html", rounds=rounds.list_rounds(context(), current_actor()))


@pages.post("/rounds")
def add_round() -> AnyResponse:
    """Set up a round: the demo region, or an instance file."""
    upload = request.files.get("base")
    if request.form.get("demo"):
        document = json.loads(generate_json("A", 1))
    elif upload is not None and upload.filename:
        from cohort_opt import read_json

        document = read_json(upload.read())
    else:
        raise Refusal("missing-field", "Choose a file with an instance, or the demo region.")
    round_id = request.form.get("id", "").strip()
    check_round_id(round_id)
    name = request.form.get("name") or document.get("name", round_id)
    demo.set_up_round(context(), current_actor(), round_id, name, document, with_counts=bool(request.form.get("with_counts")))
    return redirect(url_for("pages.one_round", round_id=round_id), 303)


@pages.get("/rounds/<string:round_id>")
def one_round(round_id: str) -> str:
    """Return the planner's page of a round."""
    actor = current_actor()
    return render_template(
        "round.html",
        round=rounds.get_round(context(), actor, round_id),
        companies=rounds.round_companies(context(), actor, round_id),
        nights=nights.list_nights(context(), actor, round_id),
        today=nights.today(context()),
        published=publications.published_job(context(), actor, round_id),
    )


@pages.get("/rounds/<string:round_id>/compare")
def compare_nights(round_id: str) -> str:
    """Return nights side by side, and who moved since the first of them."""
    actor = current_actor()
    found = comparisons.nights_side_by_side(context(), actor, round_id, request.args.getlist("night"))
    return render_template("compare.html", round=rounds.get_round(context(), actor, round_id), found=found, classes={})


@pages.post("/rounds/<string:round_id>/propose")
def propose(round_id: str) -> AnyResponse:
    """Propose tonight's plan now."""
    date = rounds.parse_date(request.form.get("date", "") or nights.today(context())).isoformat()
    again = bool(request.form.get("again"))
    night, _ = nights.propose_night(context(), current_actor(), round_id, date, Params(), again=again)
    dispatcher().dispatch()
    return redirect(url_for("pages.job", job_id=night.job.id), 303)


@pages.get("/rounds/<string:round_id>/companies/<string:company_id>")
def company(round_id: str, company_id: str) -> str:
    """Return a company's page: its counts and what it may see of the last proposal."""
    return _company_page(round_id, company_id)


@pages.post("/rounds/<string:round_id>/companies/<string:company_id>")
def send_counts(round_id: str, company_id: str) -> Response | AnyResponse:
    """Store the counts of the form; all of them, or none with every error beside its field."""
    from pydantic import ValidationError

    stored = rounds.get_counts(context(), current_actor(), round_id, company_id)
    lines = count_form.lines({line.key: line.model_dump(mode="json") for line in stored.lines})
    closed = count_form.closed([period.model_dump(mode="json") for period in stored.closed])
    try:
        if not lines:
            rounds.withdraw_counts(context(), current_actor(), round_id, company_id)
        else:
            counts = CompanyCounts.model_validate({"lines": lines, "closed": closed})
            rounds.submit_counts(context(), current_actor(), round_id, company_id, counts)
    except ValidationError as error:
        return _refused_counts(round_id, company_id, lines, from_validation_error(error), closed)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _refused_counts(round_id, company_id, lines, refusal, closed)
    return redirect(url_for("pages.company", round_id=round_id, company_id=company_id, saved=1), 303)


@pages.get("/rounds/<string:round_id>/companies/<string:company_id>/counts.xlsx")
def counts_workbook(round_id: str, company_id: str) -> Response:
    """Return the company's workbook with its own rows."""
    data = workbooks.counts_workbook(context(), current_actor(), round_id, company_id, speech.language())
    headers = {"Content-Disposition": f'attachment; filename="{round_id}-{company_id}.xlsx"'}
    return Response(data, mimetype=WORKBOOK, headers=headers)


@pages.post("/rounds/<string:round_id>/companies/<string:company_id>/counts.xlsx")
def read_workbook(round_id: str, company_id: str) -> Response:
    """Show what a filled-in workbook says in the form, to be looked at and stored; or every error with its cell."""
    rounds.round_base(context(), current_actor(), round_id, company_id)  # whose it is comes before what is wrong with it
    upload = request.files.get("workbook")
    if upload is None or not upload.filename:
        raise Refusal("missing-field", "Choose a workbook.")
    try:
        sheet = workbooks.read_workbook(context(), current_actor(), round_id, company_id, upload.read())
    except Refusal as refusal:
        if refusal.status not in (413, 415, 422):
            raise
        return Response(_company_page(round_id, company_id, None, refusal), refusal.status, mimetype="text/html")
    return Response(_company_page(round_id, company_id, sheet.lines, read=len(sheet.lines)), mimetype="text/html")


@pages.post("/rounds/<string:round_id>/companies/<string:company_id>/marked.xlsx")
def marked_workbook(round_id: str, company_id: str) -> Response:
    """Return a filled-in workbook with its errors marked."""
    upload = request.files.get("workbook")
    data = upload.read() if upload is not None else b""
    found = workbooks.marked_workbook(context(), current_actor(), round_id, company_id, data)
    headers = {"Content-Disposition": f'attachment; filename="{round_id}-{company_id}-marked.xlsx"'}
    return Response(found, mimetype=WORKBOOK, headers=headers)


@pages.get("/rounds/<string:round_id>/companies/<string:company_id>/statement")
def statement(round_id: str, company_id: str) -> str:
    """Return a company's statement: a page that prints."""
    shown = statements.statement(context(), current_actor(), round_id, company_id, speech.language())
    return render_template("statement.html", shown=shown, total=statements.total(shown, speech.language()))


@pages.get("/rounds/<string:round_id>/companies/<string:company_id>/statement.pdf")
def statement_pdf(round_id: str, company_id: str) -> Response:
    """Return the statement as a PDF."""
    data = statements.statement_pdf(context(), current_actor(), round_id, company_id, speech.language())
    headers = {"Content-Disposition": f'attachment; filename="{round_id}-{company_id}.pdf"'}
    return Response(data, mimetype="application/pdf", headers=headers)


@pages.get("/rounds/<string:round_id>/companies/<string:company_id>/calendar.ics")
def calendar(round_id: str, company_id: str) -> Response:
    """Return the company's class days of a round."""
    return _calendar(calendars.round_calendar(context(), current_actor(), round_id, company_id))


@pages.post("/rounds/<string:round_id>/companies/<string:company_id>/feed")
def new_feed(round_id: str, company_id: str) -> str:
    """Make a new calendar address and show it this once."""
    secret = calendars.new_feed(context(), current_actor(), company_id)
    return _company_page(round_id, company_id, feed=f"{request.url_root.rstrip('/')}{url_for('pages.feed', secret=secret)}")


@pages.get("/calendar/<string:secret>.ics")
def feed(secret: str) -> Response:
    """Return the calendar behind a secret address."""
    return _calendar(calendars.feed(context(), secret))


@pages.get("/problems/<string:code>")
def problem(code: str) -> str:
    """Explain a problem type."""
    status, title = STATUS_AND_TITLE.get(code, BAD_CONTENT)
    return render_template("problem_type.html", code=code[:64], status=status, title=title)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _job(job_id: str) -> dict[str, Any]:
    job = verbs.get_job(context(), current_actor(), job_id)
    return {"job": job, "night": nights.night_of_job(context(), current_actor(), job_id)}


def _calendar(data: bytes) -> Response:
    return Response(data, mimetype="text/calendar", headers={"Content-Disposition": 'attachment; filename="classes.ics"'})


def _company_page(
    round_id: str,
    company_id: str,
    lines: list[dict[str, Any]] | None = None,
    refusal: Refusal | None = None,
    read: int | None = None,
    feed: str = "",
    closed: list[dict[str, Any]] | None = None,
) -> str:
    """Return a company's page; `read`: so many lines come from a workbook and are not stored yet; `feed`: a new address."""
    actor = current_actor()
    base = rounds.round_base(context(), actor, round_id, company_id)
    stored = rounds.get_counts(context(), actor, round_id, company_id)
    shown = lines if lines is not None else [line.model_dump(mode="json") for line in stored.lines]
    flaws: dict[str, list[str]] = {}
    for flaw in refusal.flaws if refusal else ():
        row = flaw.pointer.split("/")[2] if flaw.pointer.startswith("/lines/") else ""
        place = flaw.pointer.rsplit("/", 1)[-1]
        flaws.setdefault(row, []).append(f"{refusals.place(place)}: {refusals.told(flaw)}" if place else refusals.told(flaw))
    try:
        proposal = nights.company_proposal(context(), actor, round_id, "latest", company_id)
    except Refusal:
        proposal = None
    return render_template(
        "company.html",
        **base,
        offers=offers.company_offers(context(), actor, round_id, company_id),
        stored=stored,
        lines=shown,
        flaws=flaws,
        refusal=refusal,
        proposal=proposal,
        weekdays=count_form.WEEKDAYS,
        closed=closed if closed is not None else [period.model_dump(mode="json") for period in stored.closed],
        read=read,
        feed=feed,
        price_rule=statements.price_rule(speech.language()),
    )


def _refused_counts(
    round_id: str, company_id: str, lines: list[dict[str, Any]], refusal: Refusal, closed: list[dict[str, Any]]
) -> Response:
    return Response(_company_page(round_id, company_id, lines, refusal, closed=closed), 422, mimetype="text/html")

"""The pages of offers: publish and follow for the planner, answer for a company, and the page behind a link in a mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from service.languages import class_names
from service.problems import Refusal, from_validation_error
from service.schemas import PublicationRequest, ReplyRequest
from service.services import approvals, nights, offers, outbox, outlooks, publications, rounds, what_ifs
from service.views import speech
from service.views.jobs import context
from service.views.wall import current_actor

pages = Blueprint("offers_pages", __name__)


@pages.get("/rounds/<string:round_id>/nights/<string:date>")
def night(round_id: str, date: str) -> str:
    """Return the planner's page of a night: classes, who waits and why, what changed."""
    report = nights.night_report(context(), current_actor(), round_id, date)
    overview = rounds.get_round(context(), current_actor(), round_id)
    return render_template(
        "night.html",
        round=overview,
        report=report,
        published=publications.published_job(context(), current_actor(), round_id),
        names=_names(report.instance),
        classes=class_names(report.proposal, report.instance, speech.language()),
        what_ifs=what_ifs.of_night(context(), current_actor(), round_id, date),
        approval=approvals.waiting(context(), current_actor(), round_id, date),
    )


@pages.post("/rounds/<string:round_id>/publish")
def publish(round_id: str) -> AnyResponse:
    """Publish a night with a note."""
    date = rounds.parse_date(request.form.get("date", ""))
    until = _end_of_day(request.form.get("answer_until", "").strip())
    try:
        wanted = PublicationRequest.model_validate({"date": date, "note": request.form.get("note", ""), "answer_until": until})
    except ValidationError as error:
        raise from_validation_error(error) from None
    try:
        publications.publish(context(), current_actor(), round_id, wanted)
    except Refusal as refusal:
        if refusal.code != "second-approval":
            raise
        return redirect(url_for("offers_pages.night", round_id=round_id, date=wanted.date.isoformat()), 303)
    outbox.deliver_quietly(context())
    return redirect(url_for("offers_pages.publication", round_id=round_id), 303)


@pages.get("/rounds/<string:round_id>/publication")
def publication(round_id: str) -> str:
    """Return the planner's page of what is published: answers, and go or no-go for every class."""
    published = publications.overview(context(), current_actor(), round_id)
    today = dt.date.fromisoformat(nights.today(context()))
    return render_template(
        "publication.html",
        round=rounds.get_round(context(), current_actor(), round_id),
        published=published,
        months=outlooks.months(published.outlook, today),
        weekdays=[today - dt.timedelta(days=today.weekday() - i) for i in range(5)],
        decision_days=publications.DECISION_DAYS,
        names={row["id"]: row["name"] for row in rounds.round_companies(context(), current_actor(), round_id)},
    )


@pages.post("/rounds/<string:round_id>/withdraw")
def withdraw(round_id: str) -> AnyResponse:
    """Withdraw what is published."""
    note = request.form.get("note", "").strip()
    if not note:
        raise Refusal("missing-field", "Say why the publication is withdrawn.")
    publications.withdraw(context(), current_actor(), round_id, note[:200])
    outbox.deliver_quietly(context())
    return redirect(url_for("pages.one_round", round_id=round_id), 303)


@pages.post("/rounds/<string:round_id>/companies/<string:company_id>/offers/<string:offer_id>")
def reply(round_id: str, company_id: str, offer_id: str) -> AnyResponse:
    """Store the answer of the form."""
    form = request.form
    conditions: dict[str, Any] = {}
    if form.get("answer") == "conditional":
        conditions = {
            "min_class_size": _number(form.get("min_class_size", "")),
            "max_seat_price_cents": _number(form.get("max_seat_price", ""), 100),
            "latest_week": form.get("latest_week", "").strip() or None,
        }
    try:
        wanted = ReplyRequest.model_validate({"answer": form.get("answer", ""), "conditions": conditions})
    except ValidationError as error:
        raise from_validation_error(error) from None
    offers.reply(context(), current_actor(), round_id, company_id, offer_id, wanted)
    return redirect(url_for("pages.company", round_id=round_id, company_id=company_id, answered=1), 303)


@pages.get("/answer/<string:token>")
def confirm(token: str) -> str:
    """Return the page behind a link in a mail; opening it answers nothing."""
    offer, answer = offers.offer_behind_link(context(), token)
    return render_template("answer.html", offer=offer, answer=answer, token=token, done=False)


@pages.post("/answer/<string:token>")
def answer(token: str) -> str:
    """Give the answer that the link stands for."""
    _, chosen = offers.offer_behind_link(context(), token)
    offer = offers.reply_by_link(context(), token)
    return render_template("answer.html", offer=offer, answer=chosen, token=token, done=True)


def _end_of_day(date: str) -> str | None:
    """Return the last second of a local day; nothing where none is typed."""
    if not date:
        return None
    return dt.datetime.combine(rounds.parse_date(date), dt.time(23, 59, 59), context().settings.zone).isoformat()


def _number(text: str, factor: int = 1) -> object:
    stripped = text.strip()
    if not stripped:
        return None
    return int(stripped) * factor if stripped.isascii() and stripped.isdigit() and len(stripped) < 10 else stripped


def _names(instance: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {kind: {row["id"]: row["name"] for row in instance.get(kind, ())} for kind in ("courses", "sites", "companies")}

"""Verbs of publications: the planner publishes a night or takes it back; every company with a seat in it gets an offer.

A withdrawal is a publication without a plan.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from cohort_opt import Instance, OwnAccounts
from service.actors import Actor
from service.clock import local_date, stamp
from service.problems import Refusal, not_found
from service.schemas import (
    ClassOutlook,
    OwnSeats,
    PublicationOverview,
    PublicationRequest,
    PublicationState,
    canonical,
    company_view,
)
from service.services import accounts, approvals, mails, outbox, rounds, webhooks
from service.services.context import Context
from service.services.offers import offer_state
from service.services.versions import ANY, Match
from service.store import accounts as account_rows
from service.store import jobs as job_rows
from service.store import ledger
from service.store import offers as rows
from service.store import rounds as round_rows

DECISION_DAYS = 14
"""So many days before its start a class that lacks agreed seats is a no-go for the planner to look at; nothing is cancelled."""
LINK_DAYS = 14


def publish(context: Context, actor: Actor, round_id: str, request: PublicationRequest, match: Match = ANY) -> PublicationState:
    """Publish the proposal of a night and make an offer to every company with a seat in it.

    Raises
    ------
    Refusal
        `not-verified` for a night without a checked plan, `state-changed` for the night that is published already,
        `second-approval` for the first of two planners, where two are asked for.
    """
    rounds.must_plan(actor)
    with context.store.write() as connection:
        night, last = _publishable(connection, round_id, request.date.isoformat(), match)
        if not context.settings.second_approval or approvals.is_second(
            context, connection, actor, round_id, night["id"], request
        ):
            return _publish(context, connection, actor, round_id, request, night, last)
    raise approvals.refusal()


def withdraw(context: Context, actor: Actor, round_id: str, note: str, match: Match = ANY) -> None:
    """Withdraw what is published; its offers end."""
    rounds.must_plan(actor)
    now = context.now()
    with context.store.write() as connection:
        last = current(connection, round_id)
        match.check(last["version"])
        row = {"round": round_id, "version": last["version"] + 1, "note": note, "created_at": now, "created_by": actor.owner}
        rows.add_publication(connection, row)
        _tell_gone(context, connection, row, rows.offers_of(connection, round_id, last["version"]))
        ledger.write_line(
            connection, now, actor.owner, "withdraw", round_id, ledger.facts_of("publications", row, version=row["version"])
        )


def overview(context: Context, actor: Actor, round_id: str) -> PublicationOverview:
    """Return what is published with every answer and the outlook of every class, for the planner."""
    rounds.must_plan(actor)
    with context.store.read() as connection:
        publication = current(connection, round_id)
        found = rows.offers_of(connection, round_id, publication["version"])
        proposal = job_rows.proposal_of(connection, publication["job"])
    entries = json.loads(proposal["body"])["classes"] if proposal else []
    today = local_date(context.clock(), context.settings.zone)
    return PublicationOverview(
        **_publication(publication).model_dump(),
        offers=tuple(offer_state(row, publication) for row in found),
        outlook=tuple(_outlook(entry, [row for row in found if row["class_id"] == entry["id"]], today) for entry in entries),
    )


def published_job(context: Context, actor: Actor, round_id: str) -> str:
    """Return the job whose plan is published; empty where none is. Another plan of the same night is not published by that."""
    rounds.must_plan(actor)
    with context.store.read() as connection:
        publication = rows.current(connection, round_id)
    return str(publication["job"]) if publication and publication["job"] else ""


def current(connection: Connection, round_id: str) -> dict[str, Any]:
    """Return what is published in a round, or the one answer for what is absent."""
    publication = rows.current(connection, round_id)
    if publication is None or publication["job"] is None:
        raise not_found()
    return publication


# ---- inside --------------------------------------------------------------------------------------------------------------


def _publishable(connection: Connection, round_id: str, date: str, match: Match) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return a night that may be published and what is published now."""
    night = round_rows.get_night(connection, round_id, date)
    if night is None:
        raise not_found()
    last = rows.current(connection, round_id)
    match.check(last["version"] if last else 0)
    if last is not None and last["job"] == night["id"]:
        raise Refusal("state-changed", "This proposal is published already.")
    proposal = json.loads(night["body"]) if night["body"] else None
    if proposal is None or proposal["classes"] is None or not proposal["verified"]:
        raise Refusal("not-verified", "The night has no plan that the judge has passed.")
    return night, last


def _publish(
    context: Context, connection: Connection, actor: Actor, round_id: str, request: PublicationRequest,
    night: Mapping[str, Any], last: Mapping[str, Any] | None,
) -> PublicationState:  # fmt: skip
    now, date = context.now(), request.date.isoformat()
    publication = {
        "round": round_id,
        "version": last["version"] + 1 if last else 1,
        "job": night["id"],
        "date": date,
        "note": request.note,
        "answer_until": stamp(request.answer_until) if request.answer_until else None,
        "created_at": now,
        "created_by": actor.owner,
    }
    rows.add_publication(connection, publication)
    instance = json.loads(job_rows.snapshot(connection, night["fingerprint"]))
    before = rows.offers_of(connection, round_id, last["version"]) if last and last["job"] else []
    made, carried = _make_offers(context, connection, publication, json.loads(night["body"]), instance, before)
    kept = {_seat_of(new) for new in made}
    _tell_gone(context, connection, publication, [row for row in before if _seat_of(row) not in kept])
    digests = [ledger.row_digest("publications", publication), ledger.row_digest("offers", *made)]
    digests += [ledger.row_digest("replies", row) for row in carried]
    facts = {"version": publication["version"], "job": night["id"], "rows": digests}
    ledger.write_line(connection, now, actor.owner, "publish", f"{round_id}/{date}", facts)
    return _publication(publication)


def _publication(row: Mapping[str, Any]) -> PublicationState:
    return PublicationState(**{name: row[name] for name in ("round", "version", "date", "note", "answer_until", "created_at")})


def _make_offers(
    context: Context, connection: Connection, publication: Mapping[str, Any], proposal: dict[str, Any],
    instance: dict[str, Any], before: list[dict[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:  # fmt: skip
    """Make the offers of a publication; return their rows, and those of the answers that stay."""
    every: list[Mapping[str, Any]] = []
    replies: list[Mapping[str, Any]] = []
    accepted = {(row["company"], row["run"], row["lines"]): row for row in before if row["answer"] == "accept"}
    entries, accounts = {entry["id"]: entry for entry in proposal["classes"]}, OwnAccounts(Instance.model_validate(instance))
    for company in sorted({member["company"] for entry in entries.values() for member in entry["members"]}):
        view = company_view(publication["round"], publication["date"], company, proposal, instance, accounts)
        made = []
        for own in view.classes:
            entry = entries[own.class_id]
            lines = canonical(
                [
                    {"demand": member["demand"], "count": member["count"]}
                    for member in entry["members"]
                    if member["company"] == company
                ]
            )
            offer = {
                "id": secrets.token_hex(16),
                "round": publication["round"],
                "version": publication["version"],
                "company": company,
                "class_id": own.class_id,
                "run": entry["run"],
                "start": entry["start"],
                "seats": own.seats,
                "lines": lines,
                "terms": own.model_dump_json(),
            }
            rows.add_offer(connection, offer)
            every.append(offer)
            same = accepted.get((company, offer["run"], lines))
            if same is not None and OwnSeats.model_validate_json(same["terms"]).share_most_cents >= own.share_most_cents:
                carried = {"answer": "accept", "conditions": same["conditions"], "created_by": f"company:{company}"}
                replies.append(rows.reply(connection, offer["id"], {**carried, "created_at": publication["created_at"]}))
            else:
                made.append(offer)
        if made:
            facts = {"round": publication["round"], "company": company}
            webhooks.tell(connection, f"company:{company}", "offers.made", facts, publication["created_at"])
            _mail_offers(context, connection, publication, company, made)
    return every, replies


def _mail_offers(
    context: Context, connection: Connection, publication: Mapping[str, Any], company: str, made: list[dict[str, Any]]
) -> None:
    """Mail its own offers to each account of the company, with links that lead to a page that asks once more."""
    address = context.settings.address
    for account in account_rows.living(connection, company):
        lines = []
        for offer in made:
            links = {
                answer: f"{address}/answer/{_answer_link(context, connection, account['id'], offer['id'], answer)}"
                for answer in ("accept", "decline", "ask")
            }
            lines.append((OwnSeats.model_validate_json(offer["terms"]), links))
        page = f"{address}/rounds/{publication['round']}/companies/{company}"
        subject, text = mails.offer_mail(account["language"], lines, page, publication["answer_until"])
        key = f"offers/{publication['round']}/{publication['version']}/{account['id']}"
        outbox.post(connection, publication["created_at"], key, account["id"], subject, text)


def _seat_of(offer: Mapping[str, Any]) -> tuple[str, str]:
    return str(offer["company"]), str(offer["run"])


def _tell_gone(context: Context, connection: Connection, publication: Mapping[str, Any], gone: list[dict[str, Any]]) -> None:
    """Mail each company the seats of its own that are no longer planned; what it declined itself is no news."""
    news = [row for row in gone if row["answer"] != "decline"]
    for company in sorted({row["company"] for row in news}):
        own = [OwnSeats.model_validate_json(row["terms"]) for row in news if row["company"] == company]
        page = f"{context.settings.address}/rounds/{publication['round']}/companies/{company}"
        for account in account_rows.living(connection, company):
            subject, text = mails.gone_mail(account["language"], own, page)
            key = f"gone/{publication['round']}/{publication['version']}/{account['id']}"
            outbox.post(connection, publication["created_at"], key, account["id"], subject, text)


def _answer_link(context: Context, connection: Connection, account: str, offer: str, answer: str) -> str:
    return accounts.new_link(context, connection, account, f"answer:{offer}:{answer}", dt.timedelta(days=LINK_DAYS))


def _outlook(entry: Mapping[str, Any], own: list[dict[str, Any]], today: dt.date) -> ClassOutlook:
    seats = {"accept": 0, "decline": 0, "open": 0}
    for row in own:
        seats[row["answer"] if row["answer"] in seats else "open"] += row["seats"]
    left = (dt.date.fromisoformat(entry["start"]) - today).days
    missing = max(0, entry["min_seats"] - seats["accept"])
    hopeless = entry["min_seats"] > seats["accept"] + seats["open"]
    decision: Literal["go", "wait", "no_go"] = "go" if missing == 0 else "no_go" if hopeless or left <= DECISION_DAYS else "wait"
    terms = OwnSeats.model_validate_json(own[0]["terms"])
    return ClassOutlook(
        class_id=entry["id"], course_name=terms.course_name, site_name=terms.site_name, start=entry["start"], days_left=left,
        min_seats=entry["min_seats"], max_seats=entry["max_seats"], agreed=seats["accept"], open=seats["open"],
        lost=seats["decline"], missing=missing, decision=decision,
    )  # fmt: skip

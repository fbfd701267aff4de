"""Verbs of offers: the planner publishes a night, companies answer, and the next solve keeps to what they said.

Agreed seats become commitments of the instance (moved at a price, or frozen near the start), declined ones bans, conditions
become rules of the demand lines. A withdrawal is a publication without a plan.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from service.actors import Actor
from service.clock import local_date, stamp
from service.problems import Flaw, Refusal, not_found
from service.schemas import (
    ClassOutlook,
    Conditions,
    OfferState,
    OwnSeats,
    PublicationOverview,
    PublicationRequest,
    PublicationState,
    ReplyRequest,
    canonical,
    company_view,
)
from service.services import accounts, mails, outbox, rounds
from service.services.context import Context
from service.store import accounts as account_rows
from service.store import jobs as job_rows
from service.store import ledger
from service.store import offers as rows
from service.store import rounds as round_rows

DECISION_DAYS = 14
"""So many days before its start a class that lacks agreed seats is a no-go for the planner to look at; nothing is cancelled."""
LINK_DAYS = 14


def publish(context: Context, actor: Actor, round_id: str, request: PublicationRequest) -> PublicationState:
    """Publish the proposal of a night and make an offer to every company with a seat in it.

    Raises
    ------
    Refusal
        `not-verified` for a night without a checked plan, `state-changed` for the night that is published already.
    """
    rounds.must_plan(actor)
    now, date = context.now(), request.date.isoformat()
    with context.store.write() as connection:
        night = round_rows.get_night(connection, round_id, date)
        if night is None:
            raise not_found()
        last = rows.current(connection, round_id)
        if last is not None and last["job"] == night["id"]:
            raise Refusal("state-changed", "This proposal is published already.")
        proposal = json.loads(night["body"]) if night["body"] else None
        if proposal is None or proposal["classes"] is None or not proposal["verified"]:
            raise Refusal("not-verified", "The night has no plan that the judge has passed.")
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
        made, carried = _make_offers(context, connection, publication, proposal, instance, before)
        digests = [ledger.row_digest("publications", publication), ledger.row_digest("offers", *made)]
        digests += [ledger.row_digest("replies", row) for row in carried]
        facts = {"version": publication["version"], "job": night["id"], "rows": digests}
        ledger.write_line(connection, now, actor.owner, "publish", f"{round_id}/{date}", facts)
    return _publication(publication)


def withdraw(context: Context, actor: Actor, round_id: str, note: str) -> None:
    """Withdraw what is published; its offers end."""
    rounds.must_plan(actor)
    now = context.now()
    with context.store.write() as connection:
        last = _current(connection, round_id)
        row = {"round": round_id, "version": last["version"] + 1, "note": note, "created_at": now, "created_by": actor.owner}
        rows.add_publication(connection, row)
        ledger.write_line(connection, now, actor.owner, "withdraw", round_id, _facts(row, "publications", version=row["version"]))


def overview(context: Context, actor: Actor, round_id: str) -> PublicationOverview:
    """Return what is published with every answer and the outlook of every class, for the planner."""
    rounds.must_plan(actor)
    with context.store.read() as connection:
        publication = _current(connection, round_id)
        found = rows.offers_of(connection, round_id, publication["version"])
        proposal = job_rows.proposal_of(connection, publication["job"])
    entries = json.loads(proposal["body"])["classes"] if proposal else []
    today = local_date(context.clock(), context.settings.zone)
    return PublicationOverview(
        **_publication(publication).model_dump(),
        offers=tuple(_offer(row, publication) for row in found),
        outlook=tuple(_outlook(entry, [row for row in found if row["class_id"] == entry["id"]], today) for entry in entries),
    )


def company_offers(context: Context, actor: Actor, round_id: str, company: str) -> list[OfferState]:
    """Return the offers of one company in what is published now; none where nothing is."""
    with context.store.read() as connection:
        rounds.own_round(connection, actor, round_id, company)
        publication = rows.current(connection, round_id)
        if publication is None or publication["job"] is None:
            return []
        return [_offer(row, publication) for row in rows.offers_of(connection, round_id, publication["version"], company)]


def reply(context: Context, actor: Actor, round_id: str, company: str, offer_id: str, request: ReplyRequest) -> OfferState:
    """Store a company's answer to an offer; a later one replaces it until the time for answers is over.

    Raises
    ------
    Refusal
        `not-found` for somebody else's offer as for an absent one, `state-changed` for an offer that no longer stands.
    """
    _check_conditions(request)
    now = context.now()
    with context.store.write() as connection:
        rounds.own_round(connection, actor, round_id, company)
        offer = rows.get(connection, offer_id)
        if offer is None or (offer["round"], offer["company"]) != (round_id, company):
            raise not_found()
        publication = _standing(connection, offer, now)
        values = {"answer": request.answer, "conditions": canonical(request.conditions.model_dump(mode="json"))}
        row = rows.reply(connection, offer_id, {**values, "created_at": now, "created_by": actor.owner})
        ledger.write_line(connection, now, actor.owner, "reply", offer_id, _facts(row, "replies", answer=request.answer))
        own = rows.offers_of(connection, round_id, publication["version"], company)
        return next(_offer(row, publication) for row in own if row["id"] == offer_id)


def offer_behind_link(context: Context, token: str) -> tuple[OfferState, Literal["accept", "decline", "ask"]]:
    """Return the offer and the answer that a link in a mail stands for, without giving it."""
    with context.store.read() as connection:
        link = account_rows.find_link(connection, accounts.hashed(token), context.now())
        if link is None or not link["purpose"].startswith("answer:"):
            raise not_found()
        _, offer_id, answer = link["purpose"].split(":")
        offer = rows.get(connection, offer_id)
        if offer is None:
            raise not_found()
        publication = _standing(connection, offer, context.now())
        own = rows.offers_of(connection, offer["round"], offer["version"], offer["company"])
        return next(_offer(row, publication) for row in own if row["id"] == offer_id), answer


def reply_by_link(context: Context, token: str) -> OfferState:
    """Give the answer that a link in a mail stands for, and use the link up."""
    now = context.now()
    offer, answer = offer_behind_link(context, token)
    with context.store.write() as connection:
        link = account_rows.find_link(connection, accounts.hashed(token), now)
        if link is None or not account_rows.use_link(connection, accounts.hashed(token), now):
            raise not_found()
        owner = f"company:{offer.company}"
        values = {"answer": answer, "conditions": canonical(Conditions().model_dump(mode="json")), "created_by": owner}
        row = rows.reply(connection, offer.id, {**values, "created_at": now})
        ledger.write_line(connection, now, owner, "reply", offer.id, _facts(row, "replies", answer=answer, by="mail link"))
    return offer


def keep_answers(connection: Connection, round_id: str, document: dict[str, Any], date: str) -> None:
    """Write into the document of an instance what companies were told and what they answered."""
    publication = rows.current(connection, round_id)
    document["planning_date"] = date
    if publication is None or publication["job"] is None:
        return
    demands = {row["id"]: row for row in document["demands"]}
    free = {name: row["count"] for name, row in demands.items()}
    for offer in rows.offers_of(connection, round_id, publication["version"]):
        lines = [line for line in json.loads(offer["lines"]) if line["demand"] in demands]
        _keep_answer(document, demands, free, offer, lines)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _keep_answer(
    document: dict[str, Any], demands: dict[str, dict[str, Any]], free: dict[str, int], offer: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]],
) -> None:  # fmt: skip
    for line in lines:
        name = line["demand"]
        if offer["answer"] == "decline":
            document.setdefault("bans", []).append({"run": offer["run"], "demand": name})
            continue
        if offer["answer"] == "conditional":
            _tighten(demands[name], Conditions.model_validate_json(offer["conditions"]))
        count = min(line["count"], free[name])
        free[name] -= count
        if count > 0:
            state = "agreed" if offer["answer"] == "accept" else "published"
            held = {"demand": name, "run": offer["run"], "start": offer["start"], "count": count, "state": state}
            document.setdefault("commitments", []).append(held)


def _tighten(demand: dict[str, Any], conditions: Conditions) -> None:
    if conditions.min_class_size is not None:
        demand["min_class_size"] = max(conditions.min_class_size, demand.get("min_class_size") or 0)
    if conditions.max_seat_price_cents is not None:
        known = demand.get("max_seat_price_cents")
        demand["max_seat_price_cents"] = min(
            conditions.max_seat_price_cents, conditions.max_seat_price_cents if known is None else known
        )
    if conditions.latest_week is not None:
        sunday = _sunday_of(conditions.latest_week)
        demand["latest_start"] = max(min(demand["latest_start"], sunday), demand["earliest_start"])


def _sunday_of(week: str) -> str:
    year, number = week.split("-W")
    return dt.date.fromisocalendar(int(year), int(number), 7).isoformat()


def _check_conditions(request: ReplyRequest) -> None:
    given = {name for name, value in request.conditions.model_dump().items() if value is not None}
    if request.answer == "conditional" and not given:
        raise Refusal("missing-field", "A conditional answer names a condition.", (_flaw("missing-field", "Name one."),))
    if request.answer != "conditional" and given:
        raise Refusal(
            "unknown-field", "Conditions belong to a conditional answer only.", (_flaw("unknown-field", "Leave it out."),)
        )
    if request.conditions.latest_week is not None:
        try:
            _sunday_of(request.conditions.latest_week)
        except ValueError:
            detail = "That year has no such week."
            raise Refusal("invalid-date", detail, (Flaw("/conditions/latest_week", "invalid-date", detail),)) from None


def _flaw(code: str, detail: str) -> Flaw:
    return Flaw("/conditions", code, detail)


def _make_offers(
    context: Context, connection: Connection, publication: Mapping[str, Any], proposal: dict[str, Any],
    instance: dict[str, Any], before: list[dict[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:  # fmt: skip
    """Make the offers of a publication; return their rows, and those of the answers that stay."""
    every: list[Mapping[str, Any]] = []
    replies: list[Mapping[str, Any]] = []
    accepted = {(row["company"], row["run"], row["lines"]): row for row in before if row["answer"] == "accept"}
    entries = {entry["id"]: entry for entry in proposal["classes"]}
    for company in sorted({member["company"] for entry in entries.values() for member in entry["members"]}):
        view = company_view(publication["round"], publication["date"], company, proposal, instance)
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
            _mail_offers(context, connection, publication, company, made)
    return every, replies


def _facts(row: Mapping[str, Any], table: str, **facts: Any) -> dict[str, Any]:
    """Return the facts of an audit line, with the digest of the row that it is about."""
    return {**facts, "rows": [ledger.row_digest(table, row)]}


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


def _answer_link(context: Context, connection: Connection, account: str, offer: str, answer: str) -> str:
    return accounts.new_link(context, connection, account, f"answer:{offer}:{answer}", dt.timedelta(days=LINK_DAYS))


def _current(connection: Connection, round_id: str) -> dict[str, Any]:
    publication = rows.current(connection, round_id)
    if publication is None or publication["job"] is None:
        raise not_found()
    return publication


def _standing(connection: Connection, offer: Mapping[str, Any], now: str) -> dict[str, Any]:
    """Return the publication of an offer, if it is still the one that holds."""
    publication = rows.current(connection, offer["round"])
    if publication is None or publication["job"] is None or publication["version"] != offer["version"]:
        raise Refusal("state-changed", "This offer was replaced or withdrawn; look at the present one.")
    if publication["answer_until"] is not None and now >= publication["answer_until"]:
        raise Refusal("round-closed", "The time for answers is over; ask the planner.")
    return publication


def _publication(row: Mapping[str, Any]) -> PublicationState:
    return PublicationState(**{name: row[name] for name in ("round", "version", "date", "note", "answer_until", "created_at")})


def _offer(row: Mapping[str, Any], publication: Mapping[str, Any]) -> OfferState:
    return OfferState(
        **{name: row[name] for name in ("id", "company", "class_id", "start", "seats")},
        answer=row["answer"] or "open",
        conditions=Conditions.model_validate_json(row["conditions"]) if row["conditions"] else Conditions(),
        answered_at=row["created_at"],
        answer_until=publication["answer_until"],
        terms=OwnSeats.model_validate_json(row["terms"]),
    )


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

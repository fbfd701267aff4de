"""Verbs of offers: a company sees its own, and answers them on its page or by a link in a mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from service.actors import Actor
from service.problems import Flaw, Refusal, not_found
from service.schemas import (
    Conditions,
    OfferState,
    OwnSeats,
    ReplyRequest,
    canonical,
)
from service.services import accounts, rounds
from service.services.agreements import sunday_of
from service.services.context import Context
from service.store import accounts as account_rows
from service.store import ledger
from service.store import offers as rows


def company_offers(context: Context, actor: Actor, round_id: str, company: str) -> list[OfferState]:
    """Return the offers of one company in what is published now; none where nothing is."""
    with context.store.read() as connection:
        rounds.own_round(connection, actor, round_id, company)
        publication = rows.current(connection, round_id)
        if publication is None or publication["job"] is None:
            return []
        return [offer_state(row, publication) for row in rows.offers_of(connection, round_id, publication["version"], company)]


def published_on(context: Context, actor: Actor, round_id: str, company: str) -> str | None:
    """Return when what stands now was published, for a company of the round; `None` where nothing is."""
    with context.store.read() as connection:
        rounds.own_round(connection, actor, round_id, company)
        publication = rows.current(connection, round_id)
    return None if publication is None or publication["job"] is None else str(publication["created_at"])


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
        ledger.write_line(connection, now, actor.owner, "reply", offer_id, ledger.facts_of("replies", row, answer=request.answer))
        own = rows.offers_of(connection, round_id, publication["version"], company)
        return next(offer_state(row, publication) for row in own if row["id"] == offer_id)


def offer_behind_link(context: Context, token: str) -> tuple[OfferState, Literal["accept", "decline", "ask"]]:
    """Return the offer and the answer that a link in a mail stands for, without giving it."""
    with context.store.read(whole=True) as connection:
        link = account_rows.find_link(connection, accounts.hashed(token), context.now())
        if link is None or not link["purpose"].startswith("answer:"):
            raise not_found()
        _, offer_id, answer = link["purpose"].split(":")
        offer = rows.get(connection, offer_id)
        if offer is None:
            raise not_found()
        publication = _standing(connection, offer, context.now())
        own = rows.offers_of(connection, offer["round"], offer["version"], offer["company"])
        return next(offer_state(row, publication) for row in own if row["id"] == offer_id), answer


def reply_by_link(context: Context, token: str) -> OfferState:
    """Give the answer that a link in a mail stands for, and use the link up."""
    now = context.now()
    offer, answer = offer_behind_link(context, token)
    with context.store.write(whole=True) as connection:
        link = account_rows.find_link(connection, accounts.hashed(token), now)
        if link is None or not account_rows.use_link(connection, accounts.hashed(token), now):
            raise not_found()
        owner = f"company:{offer.company}"
        values = {"answer": answer, "conditions": canonical(Conditions().model_dump(mode="json")), "created_by": owner}
        row = rows.reply(connection, offer.id, {**values, "created_at": now})
        ledger.write_line(
            connection, now, owner, "reply", offer.id, ledger.facts_of("replies", row, answer=answer, by="mail link")
        )
    return offer


def offer_state(row: Mapping[str, Any], publication: Mapping[str, Any]) -> OfferState:
    """Return an offer as its company sees it."""
    return OfferState(
        **{name: row[name] for name in ("id", "company", "class_id", "start", "seats")},
        answer=row["answer"] or "open",
        conditions=Conditions.model_validate_json(row["conditions"]) if row["conditions"] else Conditions(),
        answered_at=row["created_at"],
        answer_until=publication["answer_until"],
        terms=OwnSeats.model_validate_json(row["terms"]),
    )


# ---- inside --------------------------------------------------------------------------------------------------------------


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
            sunday_of(request.conditions.latest_week)
        except ValueError:
            detail = "That year has no such week."
            raise Refusal("invalid-date", detail, (Flaw("/conditions/latest_week", "invalid-date", detail),)) from None


def _flaw(code: str, detail: str) -> Flaw:
    return Flaw("/conditions", code, detail)


def _standing(connection: Connection, offer: Mapping[str, Any], now: str) -> dict[str, Any]:
    """Return the publication of an offer, if it is still the one that holds."""
    publication = rows.current(connection, offer["round"])
    if publication is None or publication["job"] is None or publication["version"] != offer["version"]:
        raise Refusal("state-changed", "This offer was replaced or withdrawn; look at the present one.")
    if publication["answer_until"] is not None and now >= publication["answer_until"]:
        raise Refusal("round-closed", "The time for answers is over; ask the planner.")
    return publication

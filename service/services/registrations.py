"""Verbs of companies in a round: the planner adds one, and a company that nobody knows asks to take part."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Connection

from service.actors import Actor
from service.lookalikes import skeleton
from service.problems import Flaw, Refusal
from service.schemas import CompanyRequest, CompanyState, SignUpRequest
from service.services import accounts, bases, mails, outbox
from service.services.answers import Answer, Once, answer_once
from service.services.context import Context
from service.services.instances import read_instance
from service.services.rounds import known_round, must_plan
from service.store import accounts as account_rows
from service.store import ledger, tombstones
from service.store import rounds as rows

SIGN_UP_ANSWER = "Thank you. The academy will answer to this address."


def add_company(context: Context, actor: Actor, round_id: str, request: CompanyRequest, identity: Once) -> Answer:
    """Add a company to a round, which gets a new version; 201 with its address.

    Raises
    ------
    Refusal
        `already-exists` for an id or number that is there, `confusable-name` for a name that can be taken for another.
    """
    must_plan(actor)

    def effect(connection: Connection, now: str) -> Answer:
        row = known_round(connection, round_id)
        base = json.loads(row["base"])
        _must_be_new(connection, round_id, base, request)
        own = request.model_dump(mode="json", exclude={"kvk", "postcode"})
        changed = read_instance({**base, "companies": [*base["companies"], own]}, "/base")
        new = {**{name: row[name] for name in ("id", "name", "closes_at")}, "version": row["version"] + 1,
               "base": changed.canonical_json(), "created_at": now, "created_by": actor.owner}  # fmt: skip
        rows.add_round(connection, new)
        rows.register(connection, round_id, request.id, {"kvk": request.kvk, "postcode": request.postcode})
        facts = {"version": new["version"], "rows": [ledger.row_digest("rounds", new)]}
        ledger.write_line(connection, now, actor.owner, "add-company", f"{round_id}/{request.id}", facts)
        state = CompanyState.model_validate(request.model_dump(mode="json"))
        return Answer(201, state.model_dump_json(), f"/api/v1/rounds/{round_id}/companies/{request.id}")

    return answer_once(context, actor, identity, effect)


def companies(context: Context, actor: Actor, round_id: str) -> list[CompanyState]:
    """Return the companies of a round, for its planner."""
    must_plan(actor)
    with context.store.read() as connection:
        found = bases.known(connection, round_id).held.base.companies
        known = {row["company"]: row for row in rows.members_of(connection, round_id)}
    names = ("id", "name", "municipality", "latitude", "longitude")
    return [
        CompanyState(**{name: getattr(company, name) for name in names},
                     **{name: known.get(company.id, {}).get(name) for name in ("kvk", "postcode")})
        for company in found
    ]  # fmt: skip


def sign_up(context: Context, request: SignUpRequest) -> str:
    """Tell the planners that a company asks to take part; the answer is the same whoever is known already."""
    now = context.now()
    page = f"{context.settings.address}/accounts"
    asked = hashlib.sha256(f"{request.company}\n{request.mail.lower()}".encode()).hexdigest()[:32]
    with context.store.write(whole=True) as connection:
        for planner in account_rows.living(connection, role="planner"):
            subject, text = mails.sign_up_mail(planner["language"], request.company, request.kvk or "", request.mail, page)
            outbox.post(connection, now, f"sign-up/{asked}/{planner['id']}", planner["id"], subject, text)
        ledger.write_line(connection, now, "anonymous", "sign-up", asked, {})
    accounts.ask_link(context, request.mail, context.settings.address)
    return SIGN_UP_ANSWER


# ---- inside --------------------------------------------------------------------------------------------------------------


def _must_be_new(connection: Connection, round_id: str, base: dict[str, Any], request: CompanyRequest) -> None:
    if any(row["id"] == request.id for row in base["companies"]):
        raise _refusal("already-exists", "/id", f"Company[{request.id}]: the round has a company of this id; choose another.")
    if tombstones.is_erased(connection, "company", request.id):
        raise _refusal("already-exists", "/id", f"Company[{request.id}]: a company of this id was erased; choose another.")
    if request.kvk and any(row["kvk"] == request.kvk for row in rows.members_of(connection, round_id)):
        raise _refusal("already-exists", "/kvk", "A company with this number of the trade register takes part already.")
    looks = skeleton(request.name)
    for row in base["companies"]:
        if skeleton(row["name"]) == looks:
            detail = f"Company[{request.id}]: the name can be taken for that of Company[{row['id']}]; add the town or the branch."
            raise _refusal("confusable-name", "/name", detail)


def _refusal(code: str, pointer: str, detail: str) -> Refusal:
    return Refusal(code, detail, (Flaw(pointer, code, detail),))

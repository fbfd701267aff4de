"""Accounts and tokens over HTTP: what their pages do."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, Field

from service.schemas import (
    AccountList,
    AccountMade,
    AccountRequest,
    AccountState,
    Me,
    TokenList,
    TokenMade,
    TokenRequest,
    TokenState,
)
from service.services import accounts
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer
from service.views.paging import PageQuery, cut
from service.views.wall import current_actor

api = APIBlueprint("people", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="accounts")], abp_responses=PROBLEMS)


class AccountPath(BaseModel):
    """Address of an account."""

    account_id: Annotated[str, Field(description="as given when it was made")]


class TokenPath(BaseModel):
    """Address of a token."""

    token_id: Annotated[str, Field(description="as given in the list of tokens")]


@api.get("/me", responses={200: Me})
def me() -> Response:
    """Return who the asker is to the service."""
    actor = current_actor()
    found = Me(role=actor.role, company=actor.company or None, writes=actor.writes, scopes=actor.scopes)
    return json_answer(found.model_dump_json())


@api.get("/accounts", responses={200: AccountList})
def list_accounts(query: PageQuery) -> Response:
    """Return all accounts, by address; for planners and operators."""
    names = AccountState.model_fields.keys()
    rows = [AccountState(**{name: row[name] for name in names}) for row in accounts.list_accounts(context(), current_actor())]
    shown, link = cut(query, rows, lambda row: [row.mail, row.id])
    return json_answer(AccountList(accounts=shown).model_dump_json(), headers=link)


@api.post("/accounts", responses={201: AccountMade})
def add_account(body: AccountRequest) -> Response:
    """Make an account; a second one of the same address is refused, so that a retry needs no key."""
    made = accounts.add_account(context(), current_actor(), body.mail, body.role, body.company, body.language)
    answer = AccountMade(id=made, role=body.role, company=body.company)
    return json_answer(answer.model_dump_json(), 201, {"Location": f"/api/v1/accounts/{made}"})


@api.delete("/accounts/<string:account_id>", responses={204: None})
def remove_account(path: AccountPath) -> Response:
    """Remove an account: its address goes, its sessions, tokens and links end at once."""
    accounts.remove_account(context(), current_actor(), path.account_id)
    return Response(status=204)


@api.get("/tokens", responses={200: TokenList})
def list_tokens() -> Response:
    """Return the asker's own tokens without their secrets."""
    rows = accounts.list_tokens(context(), current_actor())
    return json_answer(TokenList(tokens=tuple(_state(row) for row in rows)).model_dump_json())


@api.post("/tokens", responses={201: TokenMade})
def make_token(body: TokenRequest) -> Response:
    """Make a token of the asker's account; it is shown this once. It may never do more than the token that asks."""
    actor = current_actor()
    made = accounts.make_token(context(), actor, body.label, body.days, writes=body.writes, scopes=body.scopes)
    return json_answer(TokenMade(token=made).model_dump_json(), 201)


@api.delete("/tokens/<string:token_id>", responses={204: None})
def revoke_token(path: TokenPath) -> Response:
    """Revoke one of the asker's own tokens; it ends at once."""
    accounts.revoke_token(context(), current_actor(), path.token_id)
    return Response(status=204)


def _state(row: dict[str, Any]) -> TokenState:
    names = ("id", "label", "created_at", "expires_at", "last_used_on")
    scopes = tuple((row["scope"] or "").split())
    return TokenState(writes=bool(row["writes"]), scopes=scopes, **{name: row[name] for name in names})

"""Bodies of accounts and tokens."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt import Bool, Id, Int, Text
from service.schemas.wire import Wire

RoleName = Literal["company", "planner", "reader", "operator"]
Language = Literal["nl", "en", "de"]
Scope = Literal["jobs", "rounds", "companies", "counts", "plans", "offers", "webhooks"]
Mail = Annotated[str, Field(min_length=3, max_length=255, pattern=r"^[^@\s<>,;]{1,64}@[A-Za-z0-9.-]{1,190}$")]


class AccountRequest(Wire):
    """An account to make; `company` belongs to the role company and to no other."""

    mail: Mail
    role: RoleName
    company: Id | None = None
    language: Language = "nl"


class AccountMade(Wire):
    """A new account; its address is not repeated."""

    id: str
    role: RoleName
    company: str | None


class AccountState(AccountMade):
    """An account, for those who may make them. The address is the only personal data that is kept."""

    mail: str
    language: Language
    created_at: str


class AccountList(Wire):
    """All accounts, by address."""

    accounts: tuple[AccountState, ...]


class TokenRequest(Wire):
    """A token to make: what for, for how long, whether it may change things, and for which parts (none = all)."""

    label: Text
    days: Annotated[Int, Field(ge=1, le=366)] = 90
    writes: Bool = False
    scopes: Annotated[tuple[Scope, ...], Field(max_length=7)] = ()


class TokenState(Wire):
    """A token without its secret."""

    id: str
    label: str
    writes: bool
    scopes: tuple[str, ...]
    created_at: str
    expires_at: str
    last_used_on: str | None


class TokenMade(Wire):
    """A new token, shown this once."""

    token: str


class TokenList(Wire):
    """The asker's living tokens, the newest first."""

    tokens: tuple[TokenState, ...]


class Me(Wire):
    """Who the asker is to the service."""

    role: str
    company: str | None
    writes: bool
    scopes: tuple[str, ...]

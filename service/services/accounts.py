"""Verbs of accounts: sign in by a one-time mail link, sessions that can be ended, tokens for programs.

There are no passwords. Links, sessions and tokens are 256 random bits; the database keeps their hashes. Whether an address has an
account is told to nobody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from cohort_opt import personal_data_in
from service.actors import SCOPES, Actor, Role
from service.clock import stamp
from service.problems import Flaw, Refusal, not_found
from service.services import known_tokens, outbox
from service.services.context import Context
from service.store import accounts as rows
from service.store import ledger

LINK_MINUTES = 15
MAX_OPEN_LINKS = 5
SESSION_HOURS = 12
LANGUAGES = ("nl", "en", "de")
TOKEN_PREFIX = "co_"  # noqa: S105  a prefix that makes a leaked token findable, no secret
_MAIL = re.compile(r"[^@\s\x00-\x1f<>,;]{1,64}@[A-Za-z0-9.-]{1,190}")


def add_account(context: Context, actor: Actor, mail: str, role: str, company: str | None = None, language: str = "nl") -> str:
    """Make an account and return its id; for operators, planners, and whoever runs the command.

    Raises
    ------
    Refusal
        `already-exists` for an address that has one, `out-of-range` for what is no address.
    """
    if actor.role not in (Role.MACHINE, Role.OPERATOR, Role.PLANNER, Role.OPEN):
        raise Refusal("forbidden", "Accounts are made by the academy.")
    if not _MAIL.fullmatch(mail):
        raise Refusal("invalid-mail", "That is no mail address.", (Flaw("/mail", "invalid-mail", "That is no mail address."),))
    if (role == "company") != bool(company):
        raise Refusal("missing-field", "A company account names its company, and no other does.")
    now, account = context.now(), secrets.token_hex(16)
    with context.store.write() as connection:
        if rows.by_mail(connection, mail.lower()) is not None:
            raise Refusal("already-exists", "There is an account with this address.")
        values = {"id": account, "mail": mail.lower(), "role": role, "company": company, "language": language, "created_at": now}
        rows.add(connection, values)
        ledger.write_line(connection, now, actor.owner, "add-account", account, {"role": role, "company": company or ""})
    return account


def remove_account(context: Context, actor: Actor, account: str) -> None:
    """Remove an account: its address goes, its sessions, tokens and links end at once."""
    if actor.role not in (Role.MACHINE, Role.OPERATOR, Role.PLANNER, Role.OPEN):
        raise Refusal("forbidden", "Accounts are removed by the academy.")
    now = context.now()
    with context.store.write() as connection:
        if rows.get(connection, account) is None:
            raise not_found()
        rows.remove(connection, account, now)
        ledger.write_line(connection, now, actor.owner, "remove-account", account, {})
    known_tokens.forget()


def ask_link(context: Context, mail: str, address: str) -> None:
    """Mail a sign-in link, if the address has an account; the caller learns nothing either way."""
    now = context.now()
    with context.store.write(whole=True) as connection:
        account = rows.by_mail(connection, mail.strip().lower())
        if account is None or rows.count_open_links(connection, account["id"], now) >= MAX_OPEN_LINKS:
            return
        token = new_link(context, connection, account["id"], "sign-in", dt.timedelta(minutes=LINK_MINUTES))
        subject, text = _link_mail(account["language"], f"{address}/sign-in/{token}")
        outbox.post(connection, now, f"sign-in/{hashed(token)}", account["id"], subject, text)


def new_link(context: Context, connection: Connection, account: str, purpose: str, life: dt.timedelta) -> str:
    """Make a one-time link in the caller's transaction and return its token."""
    token = secrets.token_urlsafe(32)
    expires_at = stamp(context.clock() + life)
    rows.add_link(connection, {"sha256": hashed(token), "account": account, "purpose": purpose, "expires_at": expires_at})
    return token


def peek_link(context: Context, token: str, purpose: str = "sign-in") -> Mapping[str, Any]:
    """Return what a link is for without using it up: programs that scan mails open links too.

    Raises
    ------
    Refusal
        `not-found` for a link that was used, has expired or never was.
    """
    with context.store.read(whole=True) as connection:
        link = rows.find_link(connection, hashed(token), context.now())
    if link is None or link["purpose"] != purpose:
        raise Refusal("not-found", "This link was used, or is older than it may be. Ask for a new one.")
    return link


def sign_in(context: Context, token: str) -> str:
    """Use a sign-in link up and return the secret of a new session."""
    link = peek_link(context, token)
    now = context.now()
    with context.store.write(whole=True) as connection:
        if not rows.use_link(connection, hashed(token), now):
            raise Refusal("not-found", "This link was used, or is older than it may be. Ask for a new one.")
        return start_session(context, connection, str(link["account"]))


def start_session(context: Context, connection: Connection, account: str) -> str:
    """Start a session in the caller's transaction and return its secret."""
    now, secret = context.now(), secrets.token_urlsafe(32)
    expires_at = stamp(context.clock() + dt.timedelta(hours=SESSION_HOURS))
    rows.add_session(connection, {"sha256": hashed(secret), "account": account, "created_at": now, "expires_at": expires_at})
    ledger.write_line(connection, now, account, "sign-in", account, {})
    return secret


def sign_out(context: Context, secret: str) -> None:
    """End a session."""
    with context.store.write(whole=True) as connection:
        rows.end_session(connection, hashed(secret), context.now())


def actor_of_session(context: Context, secret: str) -> Actor | None:
    """Return who a session belongs to; `None` where it has ended."""
    with context.store.read(whole=True) as connection:
        account = rows.find_session(connection, hashed(secret), context.now())
    return None if account is None else _actor(account)


def actor_of_token(context: Context, token: str) -> Actor:
    """Return who a token belongs to.

    Raises
    ------
    Refusal
        `unauthorized` for a token that is unknown, revoked or too old.
    """
    now, sha256 = context.now(), hashed(token)
    if known := known_tokens.find(context.store, sha256, now):
        return known
    with context.store.read(whole=True) as connection:
        account = rows.find_token(connection, sha256, now)
    if account is None:
        raise Refusal("unauthorized", "The token is unknown, revoked or too old.", (), {"WWW-Authenticate": "Bearer"})
    if account["last_used_on"] != now[:10]:
        with context.store.write(whole=True) as connection:
            rows.touch_token(connection, account["token"], now[:10])
    actor = _actor(account, writes=bool(account["writes"]), scopes=tuple((account["scope"] or "").split()))
    known_tokens.keep(context.store, sha256, account["expires_at"], actor)
    return actor


def make_token(context: Context, actor: Actor, label: str, days: int, *, writes: bool, scopes: tuple[str, ...] = ()) -> str:
    """Make a token for programs and return it; it is shown this once.

    Parameters
    ----------
    days
        How long it lives, 1 to 366.
    scopes
        Parts of the interface that it is for; none = all that its account may.

    Raises
    ------
    Refusal
        `forbidden` without an account, `unknown-value` for a scope that is none, `personal-data-refused` for such a label.
    """
    if not actor.account:
        raise Refusal("forbidden", "A token belongs to an account; sign in first.")
    if actor.scopes or (writes and not actor.writes):
        raise Refusal("forbidden", "A token makes no token that may do more than itself.")
    if unknown := sorted(set(scopes) - set(SCOPES)):
        detail = f"There is no scope of this name; the scopes are {', '.join(SCOPES)}."
        raise Refusal("unknown-value", detail, (Flaw(f"/scopes/{scopes.index(unknown[0])}", "unknown-value", detail),))
    if personal_data_in(label):
        detail = "A label names a program, not a person; leave addresses and numbers out."
        raise Refusal("personal-data-refused", detail, (Flaw("/label", "personal-data-refused", detail),))
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    now = context.now()
    token_id = secrets.token_hex(8)
    values = {
        "sha256": hashed(token),
        "id": token_id,
        "account": actor.account,
        "label": label[:100],
        "writes": int(writes),
        "scope": " ".join(sorted(set(scopes))) or None,
        "created_at": now,
        "expires_at": stamp(context.clock() + dt.timedelta(days=max(1, min(days, 366)))),
    }
    with context.store.write() as connection:
        rows.add_token(connection, values)
        ledger.write_line(connection, now, actor.owner, "make-token", token_id, {"writes": values["writes"]})
    return token


def list_tokens(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """Return the actor's own tokens without their secrets."""
    with context.store.read() as connection:
        return rows.tokens_of(connection, actor.account)


def revoke_token(context: Context, actor: Actor, token_id: str) -> None:
    """Revoke one of the actor's own tokens."""
    now = context.now()
    with context.store.write() as connection:
        if not rows.revoke_token(connection, actor.account, token_id, now):
            raise not_found()
        ledger.write_line(connection, now, actor.owner, "revoke-token", token_id, {})
    known_tokens.forget()


def choose_language(context: Context, actor: Actor, language: str) -> None:
    """Remember the language of an account."""
    if language not in LANGUAGES:
        raise Refusal("unknown-value", "The languages are nl, en and de.")
    if actor.account:
        with context.store.write() as connection:
            rows.set_language(connection, actor.account, language)
        known_tokens.forget()


def list_accounts(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """Return all accounts, for those who may make them."""
    if actor.role not in (Role.MACHINE, Role.OPERATOR, Role.PLANNER, Role.OPEN):
        raise Refusal("forbidden", "Accounts are listed for the academy.")
    with context.store.read() as connection:
        return rows.living(connection)


def form_token(secret: str) -> str:
    """Return the token that every form of a session carries; it follows from the session and cannot be turned back."""
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()


def _actor(account: Mapping[str, Any], *, writes: bool = True, scopes: tuple[str, ...] = ()) -> Actor:
    role = Role(account["role"])
    owner = f"company:{account['company']}" if role is Role.COMPANY else f"{role}:{account['id']}"
    return Actor(role, owner, account["company"] or "", account["id"], account["language"], writes, scopes)


def hashed(secret: str) -> str:
    """Return what the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


_LINK_MAILS = {
    "nl": ("Aanmelden bij Cohort Opt", "Met deze link meldt u zich aan. Hij werkt één keer, {minutes} minuten lang:\n\n{link}\n\n"
           "Hebt u hier niet om gevraagd? Dan hoeft u niets te doen.\n"),
    "en": ("Sign in to Cohort Opt", "This link signs you in. It works once, for {minutes} minutes:\n\n{link}\n\n"
           "If you did not ask for it, there is nothing to do.\n"),
    "de": ("Anmelden bei Cohort Opt", "Mit diesem Link melden Sie sich an. Er gilt einmal, {minutes} Minuten lang:\n\n{link}\n\n"
           "Wenn Sie nicht darum gebeten haben, ist nichts zu tun.\n"),
}  # fmt: skip


def _link_mail(language: str, link: str) -> tuple[str, str]:
    subject, text = _LINK_MAILS[language]
    return subject, text.format(minutes=LINK_MINUTES, link=link)

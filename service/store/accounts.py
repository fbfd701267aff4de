"""Rows of accounts, one-time links, sessions, tokens and mails. Secrets are kept as hashes only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from service.store.rows import Row, every, first
from service.store.tables import accounts, links, outbox, sessions, tokens


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add an account."""
    connection.execute(insert(accounts).values(**values))


def by_mail(connection: Connection, mail: str) -> Row | None:
    """Return the account with this mail address."""
    return first(connection, select(accounts).where(accounts.c.mail == mail, accounts.c.removed_at.is_(None)))


def get(connection: Connection, account: str) -> Row | None:
    """Return an account that was not removed."""
    return first(connection, select(accounts).where(accounts.c.id == account, accounts.c.removed_at.is_(None)))


def living(connection: Connection, company: str | None = None, role: str | None = None) -> list[Row]:
    """Return the accounts that were not removed, of one company or role or all, by mail."""
    query = select(accounts).where(accounts.c.removed_at.is_(None)).order_by(accounts.c.mail)
    if company is not None:
        query = query.where(accounts.c.company == company)
    return every(connection, query if role is None else query.where(accounts.c.role == role))


def remove(connection: Connection, account: str, now: str) -> None:
    """Turn an account into a tombstone: the address goes, sessions, tokens and links end."""
    values = {"mail": f"removed-{account}", "removed_at": now}
    connection.execute(update(accounts).where(accounts.c.id == account).values(**values))
    connection.execute(update(sessions).where(sessions.c.account == account).values(ended_at=now))
    connection.execute(update(tokens).where(tokens.c.account == account).values(revoked_at=now))
    connection.execute(update(links).where(links.c.account == account).values(used_at=now))


def set_language(connection: Connection, account: str, language: str) -> None:
    """Remember the language of an account."""
    connection.execute(update(accounts).where(accounts.c.id == account).values(language=language))


def add_link(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a one-time link."""
    connection.execute(insert(links).values(**values))


def find_link(connection: Connection, sha256: str, now: str) -> Row | None:
    """Return a link that can still be used, with its account."""
    return first(
        connection,
        select(links, accounts.c.mail, accounts.c.role)
        .join(accounts, accounts.c.id == links.c.account)
        .where(links.c.sha256 == sha256, links.c.used_at.is_(None), links.c.expires_at > now, accounts.c.removed_at.is_(None)),
    )


def count_open_links(connection: Connection, account: str, now: str) -> int:
    """Return how many sign-in links of the account can still be used."""
    where = (links.c.account == account, links.c.purpose == "sign-in", links.c.used_at.is_(None), links.c.expires_at > now)
    return int(connection.execute(select(func.count()).select_from(links).where(*where)).scalar_one())


def use_link(connection: Connection, sha256: str, now: str) -> bool:
    """Use a link up; false where somebody was first."""
    where = (links.c.sha256 == sha256, links.c.used_at.is_(None), links.c.expires_at > now)
    return connection.execute(update(links).where(*where).values(used_at=now)).rowcount == 1


def add_session(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a session."""
    connection.execute(insert(sessions).values(**values))


def find_session(connection: Connection, sha256: str, now: str) -> Row | None:
    """Return the account of a living session."""
    living_ = and_(sessions.c.sha256 == sha256, sessions.c.ended_at.is_(None), sessions.c.expires_at > now)
    query = select(accounts).join(sessions, sessions.c.account == accounts.c.id)
    return first(connection, query.where(living_, accounts.c.removed_at.is_(None)))


def end_session(connection: Connection, sha256: str, now: str) -> None:
    """End a session."""
    connection.execute(update(sessions).where(sessions.c.sha256 == sha256, sessions.c.ended_at.is_(None)).values(ended_at=now))


def add_token(connection: Connection, values: Mapping[str, Any]) -> None:
    """Add a token for programs."""
    connection.execute(insert(tokens).values(**values))


_LIVING_TOKEN = (
    select(accounts, tokens.c.writes, tokens.c.scope, tokens.c.expires_at, tokens.c.id.label("token"), tokens.c.last_used_on)
    .join(tokens, tokens.c.account == accounts.c.id)
    .where(
        tokens.c.sha256 == bindparam("sha256"), tokens.c.revoked_at.is_(None), tokens.c.expires_at > bindparam("now"),
        accounts.c.removed_at.is_(None),
    )
)  # fmt: skip
"""Made once: it is asked at every request."""


def find_token(connection: Connection, sha256: str, now: str) -> Row | None:
    """Return the account of a living token, with `writes`, `scope`, `token`, `expires_at` and `last_used_on`."""
    return first(connection, _LIVING_TOKEN, {"sha256": sha256, "now": now})


def touch_token(connection: Connection, token: str, date: str) -> None:
    """Remember the day on which a token was last used."""
    connection.execute(update(tokens).where(tokens.c.id == token).values(last_used_on=date))


def tokens_of(connection: Connection, account: str) -> list[Row]:
    """Return the living tokens of an account, the newest first; never their secrets."""
    columns = (
        tokens.c.id,
        tokens.c.label,
        tokens.c.writes,
        tokens.c.scope,
        tokens.c.created_at,
        tokens.c.expires_at,
        tokens.c.last_used_on,
    )
    where = (tokens.c.account == account, tokens.c.revoked_at.is_(None))
    return every(connection, select(*columns).where(*where).order_by(tokens.c.created_at.desc(), tokens.c.id))


def revoke_token(connection: Connection, account: str, token: str, now: str) -> bool:
    """Revoke a token of the account; false where there is none."""
    where = (tokens.c.account == account, tokens.c.id == token, tokens.c.revoked_at.is_(None))
    return connection.execute(update(tokens).where(*where).values(revoked_at=now)).rowcount == 1


def post(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Put a mail into the outbox; false where one with its key is there already."""
    if first(connection, select(outbox.c.id).where(outbox.c.key == values["key"])) is not None:
        return False
    connection.execute(insert(outbox).values(tries=0, **values))
    return True


def unsent(connection: Connection, limit: int) -> list[Row]:
    """Return mails that wait, the oldest first, with the address of their account."""
    query = (
        select(outbox, accounts.c.mail)
        .join(accounts, accounts.c.id == outbox.c.account)
        .where(outbox.c.sent_at.is_(None), outbox.c.tries < 20, accounts.c.removed_at.is_(None))
    )
    return every(connection, query.order_by(outbox.c.created_at, outbox.c.id).limit(limit))


def mark_tried(connection: Connection, mail: str, sent_at: str | None) -> None:
    """Count a try of a mail, and when it went out."""
    connection.execute(update(outbox).where(outbox.c.id == mail).values(tries=outbox.c.tries + 1, sent_at=sent_at))

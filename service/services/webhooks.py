"""Webhooks: what happened is put into the outbox with its effect, and told to allowed receivers afterwards, signed.

The scheme is that of Standard Webhooks: `webhook-id`, `webhook-timestamp`, and `webhook-signature`, the HMAC-SHA256 of
`id.timestamp.body`. A message names what happened and never a figure: the receiver asks for the rest with its own token.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import Connection

from service.actors import Actor, Role
from service.clock import stamp
from service.problems import Flaw, Refusal, not_found
from service.schemas import WebhookMade, WebhookState
from service.services.answers import Answer, Once, answer_once
from service.services.context import Context
from service.store import ledger
from service.store import webhooks as rows

MOST = 5
"""Webhooks of one owner."""
WAITS = (60, 300, 1_800, 7_200, 21_600, 86_400)
"""Seconds before each further try; after the last the message is given up."""
SECONDS = 5.0
"""How long a receiver may take."""


def add(context: Context, actor: Actor, address: str, identity: Once) -> Answer:
    """Make a webhook of the actor; the secret of its signatures is shown this once.

    Raises
    ------
    Refusal
        `forbidden-destination` for an address that is not on the operator's list, or is not one of the outside world.
    """
    _must_listen(actor)
    target(context, address)

    def effect(connection: Connection, now: str) -> Answer:
        if len(rows.of_owner(connection, actor.owner)) >= MOST:
            raise Refusal("already-exists", f"There are {MOST} webhooks; remove one first.")
        name, secret = secrets.token_hex(16), "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        rows.add(connection, {"id": name, "owner": actor.owner, "address": address, "secret": secret, "created_at": now})
        ledger.write_line(connection, now, actor.owner, "add-webhook", name, {})
        made = WebhookMade(id=name, address=address, created_at=now, secret=secret)
        return Answer(201, made.model_dump_json(), f"/api/v1/webhooks/{name}")

    return answer_once(context, actor, identity, effect)


def of_actor(context: Context, actor: Actor) -> list[WebhookState]:
    """Return the actor's own webhooks, without their secrets."""
    _must_listen(actor)
    with context.store.read() as connection:
        names = ("id", "address", "created_at")
        return [WebhookState(**{name: row[name] for name in names}) for row in rows.of_owner(connection, actor.owner)]


def remove(context: Context, actor: Actor, name: str) -> None:
    """Remove one of the actor's own webhooks; what waits for it is not sent."""
    _must_listen(actor)
    now = context.now()
    with context.store.write() as connection:
        if not rows.remove(connection, actor.owner, name, now):
            raise not_found()
        ledger.write_line(connection, now, actor.owner, "remove-webhook", name, {})


def tell(connection: Connection, owner: str, kind: str, facts: dict[str, str], now: str) -> None:
    """Put a message for each webhook of an owner into the outbox, in the transaction of what it tells."""
    for row in rows.of_owner(connection, owner):
        body = json.dumps({"type": kind, "timestamp": now, "data": facts}, sort_keys=True)
        rows.post(
            connection, {"id": secrets.token_hex(16), "webhook": row["id"], "body": body, "created_at": now, "next_try_at": now}
        )


def deliver(context: Context) -> int:
    """Send what is due; return how many messages arrived. What did not arrive is tried again later, and then given up."""
    now = context.now()
    with context.store.read(whole=True) as connection:
        due = rows.due(connection, now, 50)
    arrived = 0
    for message in due:
        answer, is_done = _send(context, message)
        arrived += is_done
        tries = message["tries"]
        wait = None if is_done or tries >= len(WAITS) else stamp(context.clock() + dt.timedelta(seconds=WAITS[tries]))
        with context.store.write(whole=True) as connection:
            values = {"last_answer": answer, "next_try_at": wait, "delivered_at": context.now() if is_done else None}
            rows.mark(connection, message["id"], values)
    return arrived


def signature(secret: str, name: str, timestamp: int, body: str) -> str:
    """Return the signature of a message, as a receiver recomputes it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{name}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def target(context: Context, address: str) -> tuple[SplitResult, str]:
    """Return the parts of an address, and the one number that will be connected to: names are resolved once.

    Raises
    ------
    Refusal
        `forbidden-destination`, for everything but an allowed name that leads outside.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise _forbidden() from None
    inside = host in context.settings.webhook_inside_hosts
    plain = parts.username is None and parts.password is None and not parts.fragment
    if not plain or not (inside or (host in context.settings.webhook_hosts and parts.scheme == "https" and port == 443)):
        raise _forbidden()
    if parts.scheme not in ("http", "https") or any(not "!" <= sign <= "~" for sign in address):
        raise _forbidden()
    numbers = resolve(host, port)
    if not numbers or not (inside or all(_is_outside(number) for number in numbers)):
        raise _forbidden()
    return parts, numbers[0]


def resolve(host: str, port: int) -> list[str]:
    """Return the numbers of a name; none where it has none."""
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except OSError:
        return []


# ---- inside --------------------------------------------------------------------------------------------------------------


def _is_outside(number: str) -> bool:
    found = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


def _must_listen(actor: Actor) -> None:
    if not (actor.plans or actor.role is Role.COMPANY):
        raise Refusal("forbidden", "This role has no webhooks.")


def _forbidden() -> Refusal:
    detail = "Webhooks go to https addresses of hosts that the operator has allowed, and nowhere else."
    return Refusal("forbidden-destination", detail, (Flaw("/address", "forbidden-destination", detail),))


def _send(context: Context, message: dict[str, Any]) -> tuple[str, bool]:
    """Send one message; return the status or what went wrong, and whether it arrived. Redirects are not followed."""
    try:
        parts, number = target(context, message["address"])
    except Refusal:
        return "forbidden-destination", False
    timestamp, body = int(context.clock().timestamp()), message["body"]
    headers = {
        "Content-Type": "application/json", "User-Agent": "cohort-opt", "webhook-id": message["id"],
        "webhook-timestamp": str(timestamp), "webhook-signature": signature(message["secret"], message["id"], timestamp, body),
    }  # fmt: skip
    connection = _connection(parts, number)
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body.encode(), headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, False
    finally:
        connection.close()
    return str(status), 200 <= status < 300


def _connection(parts: SplitResult, number: str) -> http.client.HTTPConnection:
    """Return a connection to the number that was checked; the name is used for TLS and `Host` only."""
    host, port = parts.hostname or "", parts.port
    safe = parts.scheme == "https"
    connection: http.client.HTTPConnection = (
        http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
        if safe
        else http.client.HTTPConnection(host, port, timeout=SECONDS)
    )
    plain = socket.create_connection((number, connection.port), SECONDS)
    connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if safe else plain
    return connection

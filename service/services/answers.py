"""Idempotent answers: the first answer to a key is stored in the transaction of its effect and given again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from service.actors import Actor
from service.clock import stamp
from service.problems import Refusal
from service.services.context import Context
from service.store import ledger


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it leaves: status, body and the address of what was made."""

    status: int
    body: str
    location: str = ""
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """The identity of a request that must have its effect once: route, key and hash of the body.

    Parameters
    ----------
    wait_seconds
        How long the first request may still be busy with its answer.
    """

    route: str
    key: str
    body_sha256: str
    wait_seconds: int = 0


def once(route: str, key: str | None, body: bytes, wait_seconds: int = 0) -> Once:
    """Return the identity of a request.

    Raises
    ------
    Refusal
        `idempotency-key`, if the key is missing or is not 1 to 255 visible ASCII characters.
    """
    if key is None:
        raise Refusal(
            "idempotency-key", "Send an Idempotency-Key header of your own choice, so that a retry has no second effect."
        )
    if not 1 <= len(key) <= 255 or any(not "!" <= c <= "~" for c in key):
        raise Refusal("idempotency-key", "An Idempotency-Key has 1 to 255 visible ASCII characters.")
    return Once(route, key, hashlib.sha256(body).hexdigest(), wait_seconds)


def answer_once(context: Context, actor: Actor, request: Once, effect: Callable[[Connection, str], Answer]) -> Answer:
    """Run the effect and keep its answer, or give the kept one; both in one transaction.

    Raises
    ------
    Refusal
        `key-reused` for another body, `in-progress` while the first request still waits for its answer.
    """
    if (known := kept_answer(context, actor, request)) is not None:
        return known
    now = context.now()
    with context.store.write() as connection:
        if (kept := _kept(connection, actor, request, now)) is not None:
            return kept
        answer = effect(connection, now)
        until = stamp(context.clock() + dt.timedelta(seconds=request.wait_seconds)) if request.wait_seconds else None
        ledger.keep_answer(
            connection,
            {
                "owner": actor.owner,
                "route": request.route,
                "key": request.key,
                "body_sha256": request.body_sha256,
                "status": answer.status,
                "location": answer.location,
                "body": answer.body,
                "answering_until": until,
                "created_at": now,
            },
        )
    return answer


def kept_answer(context: Context, actor: Actor, request: Once) -> Answer | None:
    """Return the answer that was given to this key before, without looking at the request again; `None` where there is none.

    Raises
    ------
    Refusal
        As `answer_once`.
    """
    with context.store.read() as connection:
        return _kept(connection, actor, request, context.now())


def _kept(connection: Connection, actor: Actor, request: Once, now: str) -> Answer | None:
    kept = ledger.find_answer(connection, actor.owner, request.route, request.key)
    if kept is None:
        return None
    if kept["body_sha256"] != request.body_sha256:
        raise Refusal("key-reused", "This Idempotency-Key was used with another body; choose a new key.")
    if kept["answering_until"] is not None and now < kept["answering_until"]:
        raise Refusal("in-progress", "The first request with this key still waits for its answer.", (), {"Retry-After": "1"})
    return Answer(kept["status"], kept["body"], kept["location"], replayed=True)


def settle(context: Context, actor: Actor, request: Once, answer: Answer) -> Answer:
    """Keep the answer that was given after waiting in place of the acknowledgement."""
    with context.store.write() as connection:
        ledger.settle_answer(connection, actor.owner, request.route, request.key, answer.status, answer.body)
    return answer

"""Two ledgers that share the transaction of the effect: answers by idempotency key, and the hash-chained audit lines.

An audit line that adds immutable rows holds their digest, so that the chain covers the content of the rows too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from service.store.rows import Row, every, first
from service.store.scope import everything
from service.store.tables import audit, idempotency

GENESIS = "0" * 64
"""The hash before the first line."""


def find_answer(connection: Connection, owner: str, route: str, key: str) -> Row | None:
    """Return what was answered to this key, or is being answered."""
    return first(connection, _ONE_ANSWER, {"owner": owner, "route": route, "key": key})


_ONE_ANSWER = select(idempotency).where(
    idempotency.c.owner == bindparam("owner"), idempotency.c.route == bindparam("route"), idempotency.c.key == bindparam("key")
)


def keep_answer(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store the first answer to a key."""
    connection.execute(insert(idempotency).values(**values))


def settle_answer(connection: Connection, owner: str, route: str, key: str, status: int, body: str) -> None:
    """Replace the acknowledgement by the answer that was really given after waiting."""
    where = (idempotency.c.owner == owner, idempotency.c.route == route, idempotency.c.key == key)
    connection.execute(update(idempotency).where(*where).values(status=status, body=body, answering_until=None))


def write_line(connection: Connection, at: str, actor: str, action: str, subject: str, facts: Mapping[str, Any]) -> None:
    """Add an audit line; its hash covers the line before, so that no line can be changed or dropped unseen."""
    with everything(connection):
        last = connection.execute(_LAST_LINE).first()
        number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
        line = {
            "number": number,
            "at": at,
            "actor": actor,
            "action": action,
            "object": subject,
            "facts": json.dumps(facts, sort_keys=True, separators=(",", ":")),
            "previous": previous,
        }
        connection.execute(_NEW_LINE, {**line, "hash": line_hash(line)})


_LAST_LINE = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
_NEW_LINE = insert(audit)


def row_digest(table: str, *rows: Mapping[str, Any]) -> str:
    """Return the digest of rows of an immutable table, whatever their order; empty columns do not count."""
    texts = sorted(
        json.dumps({name: value for name, value in row.items() if value is not None}, sort_keys=True, separators=(",", ":"))
        for row in rows
    )
    return f"{table}:{hashlib.sha256(chr(31).join(texts).encode()).hexdigest()}"


def facts_of(table: str, row: Mapping[str, Any], **facts: Any) -> dict[str, Any]:
    """Return the facts of an audit line, with the digest of the row that it is about."""
    return {**facts, "rows": [row_digest(table, row)]}


def line_hash(line: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an audit line and the hash before it."""
    names = ("number", "at", "actor", "action", "object", "facts", "previous")
    return hashlib.sha256("\x1f".join(str(line[name]) for name in names).encode()).hexdigest()


def broken_lines(connection: Connection) -> Iterator[int]:
    """Yield the number of every audit line that does not follow from the one before."""
    previous, expected = GENESIS, 1
    for line in every(connection, select(audit).order_by(audit.c.number)):
        if line["number"] != expected or line["previous"] != previous or line["hash"] != line_hash(line):
            yield int(line["number"])
        previous, expected = line["hash"], line["number"] + 1

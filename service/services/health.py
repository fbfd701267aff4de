"""Whether what is stored is whole: the file, its references, the chain of the audit log, and every row that may never change."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select, text

from service.problems import Refusal
from service.services.context import Context
from service.store import ledger
from service.store.rows import every
from service.store.tables import (
    approvals,
    audit,
    company_views,
    demands,
    nights,
    offers,
    proposals,
    publications,
    replies,
    rounds,
    snapshots,
    what_ifs,
)

ADDED_ONE_BY_ONE = (rounds, demands, nights, what_ifs, publications, approvals, replies, snapshots, proposals)
"""Immutable tables whose audit lines hold the digest of each row."""


def faults(context: Context) -> list[str]:
    """Return what is wrong, one sentence each; empty = everything that is checked is whole.

    Not covered are rows that may change: the state of jobs, sessions, links, tokens, the outbox.
    """
    try:
        with context.store.read() as connection:
            found = list(_file(connection))
            return found or [*_chain(connection), *_rows(connection), *_bodies(connection)]
    except Refusal as refusal:
        return [refusal.detail]
    except Exception as error:  # a damaged file can fail in any way; whatever it says is the report
        return [f"the database cannot be read: {str(error).splitlines()[0]}"]


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check")).scalars():
        if row != "ok":
            yield f"integrity_check: {row}"
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"a row of {row[0]} refers to one of {row[2]} that is not there"


def _chain(connection: Connection) -> Iterator[str]:
    for number in ledger.broken_lines(connection):
        yield f"audit line {number} does not follow from the one before"


def _rows(connection: Connection) -> Iterator[str]:
    """Compare the digests of immutable rows with those that their audit lines hold."""
    lines = [json.loads(facts) for facts in connection.execute(select(audit.c.facts)).scalars()]
    written = {digest for facts in lines for digest in facts.get("rows", ())}
    written -= {digest for facts in lines for digest in facts.get("erased", ())}
    stored: dict[str, str] = {}
    for table in ADDED_ONE_BY_ONE:
        for row in every(connection, select(table)):
            key = ", ".join(str(row[column.name]) for column in table.primary_key.columns)
            stored[ledger.row_digest(table.name, row)] = f"{table.name}[{key}]"
    made: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in every(connection, select(offers)):
        made[row["round"], row["version"]].append(row)
    for row in every(connection, select(publications).where(publications.c.job.is_not(None))):
        own = made[row["round"], row["version"]]
        stored[ledger.row_digest("offers", *own)] = f"offers of publication[{row['round']}, {row['version']}]"
    views: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in every(connection, select(company_views)):
        views[row["job"]].append(row)
    for job, own in views.items():
        stored[ledger.row_digest("company_views", *own)] = f"what companies may see of job {job[:12]}"
    for digest, name in stored.items():
        if digest not in written:
            yield f"{name} is not as it was written"
    if missing := written - stored.keys():
        yield f"{len(missing)} rows are gone that the audit log tells of"


def _bodies(connection: Connection) -> Iterator[str]:
    for row in every(connection, select(snapshots.c.fingerprint, snapshots.c.body)):
        if hashlib.sha256(row["body"].encode()).hexdigest() != row["fingerprint"]:
            yield f"snapshot {row['fingerprint'][:12]} does not match its fingerprint"
    for row in every(connection, select(proposals.c.id, proposals.c.sha256, proposals.c.body)):
        if hashlib.sha256(row["body"].encode()).hexdigest() != row["sha256"]:
            yield f"proposal {row['id'][:12]} does not match its fingerprint"

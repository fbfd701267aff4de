"""The academy side of every round, read once for each of its versions and held in this process.

A version never changes, so that what is held is never stale: each transaction asks which version is the latest, and no more.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from cohort_opt import HeldBase
from service.problems import not_found
from service.services.instances import read_instance
from service.store import rounds as rows

MOST_HELD = 16
"""Versions of rounds held at the same time; one of 2,000 companies takes about 20 MB."""


@dataclass(frozen=True, slots=True)
class KnownRound:
    """A round as its latest version says.

    Parameters
    ----------
    head
        Its row without the base: `id`, `version`, `name`, `closes_at`, `created_at`, `created_by`.
    held
        Its academy side.
    """

    head: Mapping[str, Any]
    held: HeldBase


_held: OrderedDict[tuple[Any, ...], HeldBase] = OrderedDict()
_lock = threading.Lock()


def known(connection: Connection, round_id: str) -> KnownRound:
    """Return a round, or the one answer for what is absent."""
    return of_head(connection, rows.head_of(connection, round_id))


def of_head(connection: Connection, head: Mapping[str, Any] | None) -> KnownRound:
    """Return the round that a head belongs to."""
    if head is None:
        raise not_found()
    return KnownRound(head, _base(connection, head))


def forget(round_id: str) -> None:
    """Hold nothing of a round any more: it is erased."""
    with _lock:
        for key in [key for key in _held if key[1] == round_id]:
            del _held[key]


def _base(connection: Connection, head: Mapping[str, Any]) -> HeldBase:
    key = (connection.engine.url, head["id"], head["version"], head["created_at"])
    with _lock:
        if found := _held.get(key):
            _held.move_to_end(key)
            return found
    row = rows.get_round(connection, head["id"])
    if row is None:
        raise not_found()
    made = HeldBase(read_instance(json.loads(row["base"])))
    with _lock:
        _held[key] = made
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
    return made

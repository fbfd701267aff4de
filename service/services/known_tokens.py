"""Tokens that were looked up less than half a second ago: a program that asks often is not looked up every time.

What ends a token in this process ends it here at once, and in every other process with the next look (reliability.md, G29: dead
within a second).
"""

from __future__ import annotations

import threading
import time
from typing import Any

from service.actors import Actor

SECONDS = 0.5
MOST = 10_000

_lock = threading.Lock()
_known: dict[tuple[Any, str], tuple[float, str, Actor]] = {}


def find(store: Any, sha256: str, now: str) -> Actor | None:
    """Return whose token this is, if that was looked up just now and it has not expired since."""
    found = _known.get((id(store), sha256))
    if found is None:
        return None
    until, expires_at, actor = found
    return actor if time.monotonic() < until and now < expires_at else None


def keep(store: Any, sha256: str, expires_at: str, actor: Actor) -> None:
    """Remember whose token this is for a moment."""
    with _lock:
        if len(_known) >= MOST:
            _known.clear()
        _known[id(store), sha256] = (time.monotonic() + SECONDS, expires_at, actor)


def forget() -> None:
    """Look everybody up again: a token, a session or an account has ended."""
    with _lock:
        _known.clear()

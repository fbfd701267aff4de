"""Questions that are answered by solving again while somebody waits: few at once, each in a child with limits of its own."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from service.children import ask_child
from service.problems import Refusal

SECONDS = 60
MOST_AT_ONCE = 2
_asking = threading.BoundedSemaphore(MOST_AT_ONCE)


def answer(module: str, order: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer of a child.

    Raises
    ------
    Refusal
        `busy`, while others are asking, the question takes too long, or the child says why there is no answer.
    """
    if not _asking.acquire(blocking=False):
        raise Refusal("busy", "Others are asking; try again in a minute.", headers={"Retry-After": "60"})
    try:
        found = ask_child(module, order, SECONDS)
    finally:
        _asking.release()
    if found is None or "problem" in found:
        detail = found["problem"] if found else f"No answer was found within {SECONDS} seconds."
        raise Refusal("busy", detail, headers={"Retry-After": "60"})
    return found

"""Verbs of finished parts: a solve that starts again, the next night and a what-if take from here what they have in common.

A part is named by the hash of everything that its answer depends on, and the library believes it only after checking it again.
Losing one costs time and nothing else, so that a busy database is no reason to fail.
"""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress

from service.problems import Refusal
from service.services.context import Context
from service.store import parts as rows


class KeptParts:
    """Finished parts in the database; what is not there the child solves itself."""

    elsewhere = False

    def __init__(self, context: Context) -> None:
        """Prepare."""
        self._context = context

    def recall(self, key: str) -> str | None:
        """Return what is kept under a key; nothing while the database is busy."""
        today = self._context.now()[:10]
        with suppress(Refusal):
            with self._context.store.read(whole=True) as connection:
                row = rows.get(connection, key)
            if row is not None and row["used_on"] != today:
                with self._context.store.write(whole=True) as connection:
                    rows.touch(connection, key, today)
            return None if row is None else str(row["body"])
        return None

    def keep(self, key: str, text: str) -> None:
        """Keep a finished part, if there is room; what was of use longest ago makes room for it."""
        most = self._context.settings.parts_mb * 1024 * 1024
        if len(text) > most:
            return
        now = self._context.now()
        with suppress(Refusal), self._context.store.write(whole=True) as connection:
            if rows.get(connection, key) is None:
                rows.add(connection, {"key": key, "body": text, "size": len(text), "used_on": now[:10], "created_at": now})
                rows.forget_beyond(connection, most)

    def solve(self, task: str) -> Future[str]:
        """Refuse: nobody solves parts elsewhere."""
        raise NotImplementedError("nobody solves parts elsewhere")

    def close(self) -> None:
        """Take back nothing."""

"""Counters of requests in windows of time, in the memory of this process: the store behind the rate limits.

The one of the library starts a thread every hundredth of a second to forget old windows; this one forgets them as it goes.
"""

from __future__ import annotations

import threading
import time

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage

MOST_WINDOWS = 10_000
"""With more windows than this, those that are over are looked for and forgotten."""


class CountedWindows(MemoryStorage):
    """Fixed windows, counted under one lock."""

    STORAGE_SCHEME = ["counted"]  # noqa: RUF012  the library reads it so: its own `memory` stays what it is

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        """Prepare; there is nothing to connect to."""
        self._one_at_a_time = threading.Lock()
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count a request and return how many there were in its window, which begins with the first of them."""
        now = time.time()
        with self._one_at_a_time:
            if self.expirations.get(key, 0) <= now:
                self.storage[key], self.expirations[key] = 0, now + expiry
                if len(self.expirations) > MOST_WINDOWS:
                    self._forget(now)
            self.storage[key] += amount
            return self.storage[key]

    def _forget(self, now: float) -> None:
        for key in [key for key, end in self.expirations.items() if end <= now]:
            self.storage.pop(key, None)
            self.expirations.pop(key, None)


class FloodGate:
    """The limit of all requests of one address, asked at every request."""

    def __init__(self, limits: str) -> None:
        """Prepare; `limits` in the form of the library, such as `300/second; 5000/minute`."""
        self._limits: list[RateLimitItem] = parse_many(limits)
        self._windows = CountedWindows()

    def seconds_to_wait(self, address: str) -> int:
        """Count a request; return after how many seconds its address may ask again, 0 where it may now."""
        for limit in self._limits:
            if self._windows.incr(f"{address}/{limit}", limit.get_expiry()) > limit.amount:
                return max(1, int(limit.get_expiry()))
        return 0

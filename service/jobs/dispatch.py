"""Promising waiting jobs to free hands, and seeing to it that one of them ends."""

from __future__ import annotations

import contextlib
import threading
import time

from service.actors import MACHINE
from service.children import POLL_SECONDS
from service.jobs.hands import Hands
from service.problems import Refusal
from service.services import jobs as verbs
from service.services import webhooks, work
from service.services.context import Context

DISPATCH_SECONDS = 5.0
"""How often lost jobs are looked for without being asked; a submit dispatches at once."""


class Dispatcher:
    """Promises waiting jobs to free hands; its own thread looks for lost ones now and then."""

    def __init__(self, context: Context, hands: Hands) -> None:
        """Prepare; nothing runs before `start` or `dispatch`."""
        self._context, self._hands = context, hands
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Dispatch now and then every few seconds."""
        self._thread = threading.Thread(target=self._tick, name="dispatch", daemon=True)
        self._thread.start()

    def dispatch(self) -> int:
        """Give waiting jobs to free hands; return how many."""
        with self._lock:
            free = 0 if self._closing.is_set() else self._hands.free()
            promised = work.promise_jobs(self._context, free) if free > 0 else []
            for job in promised:
                self._hands.run(job, self._try_dispatch)
        return len(promised)

    def close(self) -> None:
        """Stop dispatching; attempts of this process give their jobs back."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(DISPATCH_SECONDS)
        self._hands.close()

    def _tick(self) -> None:
        while not self._closing.is_set():
            self._try_dispatch()
            with contextlib.suppress(Refusal):  # the database is busy; the next tick tries again
                webhooks.deliver(self._context)
            self._closing.wait(DISPATCH_SECONDS)

    def _try_dispatch(self) -> None:
        with contextlib.suppress(Refusal):  # the database is busy; the next tick tries again
            self.dispatch()


def work_until_ended(context: Context, hands: Hands, job_id: str) -> None:
    """See to it that a job ends, whoever runs it: the nightly command, which must not depend on a web process."""
    while not verbs.has_ended(verbs.get_job(context, MACHINE, job_id)):
        if hands.free() > 0:
            for job in work.promise_jobs(context, 1, only=job_id):
                hands.run(job, lambda: None)
        time.sleep(POLL_SECONDS)

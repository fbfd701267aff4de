"""One attempt of a job, from claim to end, fenced: every write compares the attempt, so that a late ghost changes nothing."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from service.children import POLL_SECONDS, SolveFailedError, Solver, SolverDiedError
from service.problems import Refusal
from service.services import work
from service.services.context import Context

log = structlog.wrap_logger(
    logging.getLogger("service.attempts"),
    processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.JSONRenderer(sort_keys=True)],
    wrapper_class=structlog.stdlib.BoundLogger,
)
"""One line for each attempt, with ids made by chance and codes: never a name, a company or a figure of a plan."""
BUSY_TRIES = 60
"""How often the last write of an attempt is tried while the database is busy; each try waits for it a little."""


class NotWantedError(Exception):
    """The job was cancelled, or another attempt has taken over."""


class StoppingError(Exception):
    """The service stops; the job goes back to the queue."""


def run_attempt(context: Context, solver: Solver, job_id: str, attempt: int, stopping: threading.Event | None = None) -> None:
    """Run one attempt of a job from claim to end; every way out leaves the row in a state that a person can read."""
    claimed = work.claim_job(context, job_id, attempt, f"{os.uname().nodename}:{os.getpid()}")
    if claimed is None:
        return
    began, end = time.monotonic(), "not wanted"
    signs = _Signs(context, job_id, attempt, stopping or threading.Event())
    try:
        body = solver(claimed.instance, claimed.params, signs.heard, claimed.start)
        _patiently(lambda: work.finish_job(context, job_id, attempt, body))
        end = "done"
    except NotWantedError:
        return
    except SolveFailedError as error:
        failure, end = (error.code, str(error)), error.code
        _patiently(lambda: work.fail_job(context, job_id, attempt, *failure))
    except Refusal as refusal:
        refused, end = (refusal.code, refusal.detail), refusal.code
        _patiently(lambda: work.fail_job(context, job_id, attempt, *refused))
    except (SolverDiedError, StoppingError) as error:
        died = isinstance(error, SolverDiedError)
        end = "died" if died else "given back"
        _patiently(lambda: work.release_job(context, job_id, attempt, died=died))
    finally:
        log.info("attempt", job=job_id, attempt=attempt, end=end, seconds=round(time.monotonic() - began, 1))


def _patiently(write: Callable[[], bool]) -> bool:
    """Repeat a write while the database is busy; after that the lease runs out and another attempt is made."""
    for _ in range(BUSY_TRIES - 1):
        try:
            return write()
        except Refusal as refusal:
            if refusal.code != "busy":
                raise
            time.sleep(POLL_SECONDS)
    return write()


class _Signs:
    """Passes signs of life from a solver to the row of its job, and stops it when the row has moved on."""

    def __init__(self, context: Context, job_id: str, attempt: int, stopping: threading.Event) -> None:
        self._context, self._job_id, self._attempt, self._stopping = context, job_id, attempt, stopping
        self._written = time.monotonic()
        self._unwritten: dict[str, Any] = {}

    def heard(self, progress: Mapping[str, Any] | None) -> bool:
        if self._stopping.is_set():
            raise StoppingError
        self._unwritten |= progress or {}
        try:
            wanted = self._write() if self._is_due() else work.is_wanted(self._context, self._job_id, self._attempt)
        except Refusal:
            return False  # the database is busy; the lease is longer than that
        if not wanted:
            raise NotWantedError(self._job_id)
        return progress is None and work.shall_finish(self._context, self._job_id)

    def _is_due(self) -> bool:
        age = time.monotonic() - self._written
        return age > (POLL_SECONDS if self._unwritten else self._context.settings.lease_seconds / 3)

    def _write(self) -> bool:
        wanted = work.record_progress(self._context, self._job_id, self._attempt, self._unwritten)
        self._unwritten, self._written = {}, time.monotonic()
        return wanted

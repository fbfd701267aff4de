"""Who runs attempts: threads of this process, or (in `cluster.py`) a Dask cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Protocol

from service.attempts import run_attempt
from service.children import ChildSolver, Helpers, Solver
from service.services.context import Context
from service.services.parts import KeptParts
from service.services.work import PromisedJob


class Hands(Protocol):
    """Who runs attempts."""

    def free(self) -> int:
        """Return how many attempts could start now."""
        ...

    def run(self, job: PromisedJob, then: Callable[[], object]) -> None:
        """Start an attempt, which writes its own end, and call `then` after it; the same one twice is harmless."""
        ...

    def close(self) -> None:
        """Stop; running attempts give their jobs back."""
        ...


class ThreadHands:
    """Attempts in threads of this process, with any solver: tests, and whoever embeds the service."""

    def __init__(self, context: Context, solver: Solver, executor: Executor | None = None) -> None:
        """Prepare; threads start with the first attempt."""
        self._context, self._solver = context, solver
        self._executor = executor or ThreadPoolExecutor(context.settings.solvers, thread_name_prefix="solve")
        self._running = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def free(self) -> int:
        """Return how many attempts could start now."""
        return self._context.settings.solvers - self._running

    def run(self, job: PromisedJob, then: Callable[[], object]) -> None:
        """Start an attempt."""

        def end(_: object) -> None:
            with self._lock:
                self._running -= 1
            then()

        with self._lock:
            self._running += 1
        future = self._executor.submit(run_attempt, self._context, self._solver, job.id, job.attempt, self._stop)
        future.add_done_callback(end)

    def close(self) -> None:
        """Stop; running attempts give their jobs back."""
        self._stop.set()
        self._executor.shutdown(wait=False, cancel_futures=True)


def child_solver(context: Context, helpers: Helpers | None = None) -> ChildSolver:
    """Return the solver of the settings: a child for each solve, finished parts in the database unless others help with them."""
    settings = context.settings
    own = helpers or KeptParts(context)
    return ChildSolver(settings.solver_memory_mb, settings.solve_grace_seconds, helpers=own, processes=settings.part_processes)

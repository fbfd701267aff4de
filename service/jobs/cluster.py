"""Attempts, and parts of their problems, on a Dask cluster: inside this process, or on workers behind TLS."""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future as Promise
from typing import TYPE_CHECKING, Any

from service.attempts import NotWantedError, run_attempt
from service.clock import system_clock
from service.config import Settings, read_settings
from service.jobs.hands import child_solver
from service.problems import Refusal
from service.services import work
from service.services.context import Context
from service.services.parts import KeptParts
from service.services.work import PromisedJob
from service.store.database import open_store

if TYPE_CHECKING:
    from distributed import Client, Future

    AttemptFuture = Future[None]

CONNECT_SECONDS = 5
"""How long a scheduler may take to answer; after that the jobs wait for the next tick."""
GIVE_BACK_SECONDS = 5
"""How long a stop waits for the attempts of this process to give their jobs back."""

_stops: dict[str, threading.Event] = {}
"""For each open set of hands of this process: set when it closes, so that its attempts give their jobs back."""


class ClusterHands:
    """Attempts on a Dask cluster: inside this process where no scheduler is set, else on its workers, wherever they are.

    A worker of another process reads its own environment; it needs the address of the same database. In this process the
    settings travel with the attempt.
    """

    def __init__(self, settings: Settings) -> None:
        """Prepare; the cluster is opened by the first attempt, and again after its scheduler was lost."""
        self._settings = settings
        self._client: Client | None = None
        self._futures: dict[tuple[str, int], AttemptFuture] = {}
        self._token = secrets.token_hex(8)
        self._lock = threading.RLock()
        _stops[self._token] = threading.Event()

    def free(self) -> int:
        """Return how many attempts could start now; 0 while the scheduler or its workers are away."""
        with self._lock:
            self._futures = {key: future for key, future in self._futures.items() if future.status == "pending"}
            if not self._settings.scheduler:
                return self._settings.solvers - len(self._futures)
            try:
                threads: dict[str, int] = self._open().nthreads()
                return sum(threads.values()) - len(self._futures)
            except (OSError, RuntimeError, ValueError):
                self._drop()
                return 0

    def run(self, job: PromisedJob, then: Callable[[], object]) -> None:
        """Submit an attempt under its own key: the same key is the same task."""
        settings = None if self._settings.scheduler else self._settings.model_dump_json()
        with self._lock, contextlib.suppress(OSError, RuntimeError):  # an attempt that was not handed over loses its lease
            future = self._open().submit(
                attempt_on_worker, job.id, job.attempt, settings, self._token, job.priority,
                key=f"run-{job.id}-{job.attempt}", priority=job.priority, retries=0, pure=False,
            )  # fmt: skip
            self._futures[job.id, job.attempt] = future
            future.add_done_callback(lambda _: then())

    def close(self) -> None:
        """Stop; attempts of this process give their jobs back, those of other machines go on."""
        if stop := _stops.pop(self._token, None):
            stop.set()
        with self._lock:
            deadline = time.monotonic() + GIVE_BACK_SECONDS
            while not self._settings.scheduler and time.monotonic() < deadline:
                if all(future.status != "pending" for future in self._futures.values()):
                    break
                time.sleep(0.05)
            self._drop()

    def _open(self) -> Client:
        """Return the living client; open one where there is none.

        Raises
        ------
        OSError
            If the scheduler does not answer.
        """
        if self._client is not None and self._client.status == "running":
            return self._client
        self._drop()
        self._client = open_cluster(self._settings)
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        self._futures = {}
        if client is not None:
            with contextlib.suppress(Exception):  # what is lost already cannot be closed in good order
                client.close(timeout=1)
                if client.cluster is not None:
                    client.cluster.close(timeout=CONNECT_SECONDS)


def open_cluster(settings: Settings) -> Client:
    """Return a client of the scheduler of the settings, or of a cluster inside this process, which opens no port.

    Raises
    ------
    OSError
        If the scheduler does not answer.
    """
    import dask
    from distributed import Client, LocalCluster, Security

    with dask.config.set({"distributed.scheduler.allowed-failures": 3, "distributed.scheduler.worker-ttl": "60s"}):
        if not settings.scheduler:
            # One worker of many threads: each attempt has a child process of its own, which can be killed.
            inside: dict[str, Any] = {"n_workers": 1, "threads_per_worker": settings.solvers, "dashboard_address": None}
            return Client(LocalCluster(processes=False, **inside), set_as_default=False)
        safe = settings.scheduler.startswith("tls://")
        names = {"tls_ca_file": settings.tls_ca, "tls_client_cert": settings.tls_cert, "tls_client_key": settings.tls_key}
        security = Security(require_encryption=True, **{key: str(path) for key, path in names.items()}) if safe else None
        return Client(settings.scheduler, security=security, timeout=CONNECT_SECONDS, set_as_default=False)


def attempt_on_worker(job_id: str, attempt: int, settings_json: str | None, token: str, priority: int = 0) -> None:
    """Run one attempt where Dask has put it. `settings_json`: those of this process; `None`: the worker's own environment."""
    settings = Settings.model_validate_json(settings_json) if settings_json else read_settings()
    store = open_store(settings.database)
    try:
        context = Context(store, system_clock, settings)
        helpers = KeptParts(context) if settings_json else ClusterParts(context, job_id, attempt, priority)
        run_attempt(context, child_solver(context, helpers), job_id, attempt, _stops.get(token))
    finally:
        store.close()


class ClusterParts(KeptParts):
    """Finished parts in the database; what is not there the workers of the cluster solve, side by side.

    For the task of an attempt on a worker. It gives its thread back, since it only waits: else one worker alone could never
    solve the parts of its own attempt.
    """

    elsewhere = True

    def __init__(self, context: Context, job_id: str, attempt: int, priority: int) -> None:
        """Prepare, inside the task of the attempt."""
        from distributed import get_client, secede

        super().__init__(context)
        self._client = get_client()
        self._name, self._priority = (job_id, attempt), priority
        self._asked: list[Future[str]] = []
        secede()

    def solve(self, task: str) -> Promise[str]:
        """Hand a part to the cluster."""
        promise: Promise[str] = Promise()
        job_id, attempt = self._name
        key = f"part-{job_id}-{attempt}-{len(self._asked)}"
        future = self._client.submit(
            part_on_worker, job_id, attempt, task, key=key, priority=self._priority, retries=0, pure=False
        )
        self._asked.append(future)
        future.add_done_callback(lambda done: _pass_on(done, promise))
        return promise

    def close(self) -> None:
        """Let go of every part; those that run see that they are not wanted any more."""
        asked, self._asked = self._asked, []
        with contextlib.suppress(Exception):  # a lost scheduler holds nothing of ours
            self._client.cancel(asked)


def part_on_worker(job_id: str, attempt: int, task: str) -> str:
    """Solve one part of the problem of an attempt in a child of this worker, as long as the attempt runs; keep its answer.

    Raises
    ------
    SolveFailedError, SolverDiedError, NotWantedError
        If there is no answer; then the attempt solves the part itself.
    """
    settings = read_settings()
    store = open_store(settings.database)
    try:
        context = Context(store, system_clock, settings)

        def heard(_: object) -> bool:
            with contextlib.suppress(Refusal):  # the database is busy; ask again in a moment
                if not work.is_wanted(context, job_id, attempt):
                    raise NotWantedError(job_id)
            return False

        return child_solver(context).solve_part(task, settings.max_time_limit_seconds, heard)
    finally:
        store.close()


def _pass_on(done: Future[str], promise: Promise[str]) -> None:
    """Settle a promise as its task has ended."""
    if done.status == "finished":
        promise.set_result(done.result())
    else:
        promise.set_exception(RuntimeError(f"the part was {done.status}"))

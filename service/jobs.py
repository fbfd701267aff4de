"""Handing jobs to workers. The database is the truth; threads of this process or a Dask cluster only execute.

`Dispatcher.dispatch` promises each waiting job its next attempt and hands it to somebody; every write of an attempt compares
its number, so that dispatching twice, from two processes, or after a crash is harmless.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from service.actors import MACHINE
from service.attempts import run_attempt
from service.children import POLL_SECONDS, ChildSolver, Solver
from service.clock import system_clock
from service.config import Settings, read_settings
from service.problems import Refusal
from service.services import jobs as verbs
from service.services import webhooks
from service.services.context import Context
from service.services.jobs import PromisedJob
from service.store.database import open_store

if TYPE_CHECKING:
    from distributed import Client, Future

    AttemptFuture = Future[None]

DISPATCH_SECONDS = 5.0
"""How often lost jobs are looked for without being asked; a submit dispatches at once."""
CONNECT_SECONDS = 5
"""How long a scheduler may take to answer; after that the jobs wait for the next tick."""

_stops: dict[str, threading.Event] = {}
"""For each open set of hands of this process: set when it closes, so that its attempts give their jobs back."""


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
                attempt_on_worker, job.id, job.attempt, settings, self._token,
                key=f"run-{job.id}-{job.attempt}", priority=job.priority, retries=0, pure=False,
            )  # fmt: skip
            self._futures[job.id, job.attempt] = future
            future.add_done_callback(lambda _: then())

    def close(self) -> None:
        """Stop; attempts of this process give their jobs back, those of other machines go on."""
        if stop := _stops.pop(self._token, None):
            stop.set()
        with self._lock:
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
            promised = verbs.promise_jobs(self._context, free) if free > 0 else []
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
            for job in verbs.promise_jobs(context, 1, only=job_id):
                hands.run(job, lambda: None)
        time.sleep(POLL_SECONDS)


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


def attempt_on_worker(job_id: str, attempt: int, settings_json: str | None, token: str) -> None:
    """Run one attempt where Dask has put it. `settings_json`: those of this process; `None`: the worker's own environment."""
    settings = Settings.model_validate_json(settings_json) if settings_json else read_settings()
    store = open_store(settings.database)
    try:
        solver = ChildSolver(settings.solver_memory_mb, settings.solve_grace_seconds)
        run_attempt(Context(store, system_clock, settings), solver, job_id, attempt, _stops.get(token))
    finally:
        store.close()

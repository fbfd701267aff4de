"""Running jobs: dispatch, one killable child per solve, fencing. The database is the truth, the executor only executes.

`Dispatcher.dispatch` promises each waiting job its next attempt and hands it to an executor; `run_attempt` claims the attempt,
starts the child, relays progress and writes the end. Every write compares the attempt, so that calling dispatch twice, from two
processes, or after a crash is harmless.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from service.actors import MACHINE
from service.problems import Refusal
from service.schemas import Params
from service.services import jobs as verbs
from service.services.context import Context

POLL_SECONDS = 0.25
"""How often a running attempt asks whether it is still wanted: a cancel takes effect within a second."""
DISPATCH_SECONDS = 5.0
"""How often lost jobs are looked for without being asked; a submit dispatches at once."""
BUSY_TRIES = 60
"""How often the last write of an attempt is tried while the database is busy; each try waits for it a little."""


class SolveFailedError(Exception):
    """The solver said why it could not answer; trying again would say the same."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep the code beside the sentence."""
        self.code = code
        super().__init__(detail)


class SolverDiedError(Exception):
    """The child ended without an answer; another attempt may do better."""


class NotWantedError(Exception):
    """The job was cancelled, or another attempt has taken over."""


class StoppingError(Exception):
    """The service stops; the job goes back to the queue."""


class Solver(Protocol):
    """Something that turns an instance into the bytes of a proposal."""

    def __call__(self, instance: str, params: Params, heard: Callable[[Mapping[str, Any] | None], None]) -> str:
        """Return the proposal. `heard` is called with progress, or with `None` to ask whether to go on; it may raise.

        Raises
        ------
        SolveFailedError, SolverDiedError
            If there is no proposal.
        """
        ...


class Dispatcher:
    """Hands waiting jobs to an executor; its own thread looks for lost ones now and then."""

    def __init__(self, context: Context, solver: Solver, executor: Executor | None = None) -> None:
        """Prepare; nothing runs before `start` or `dispatch`."""
        self._context = context
        self._solver = solver
        self._workers = context.settings.solvers
        self._executor = executor
        self._running = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Dispatch now and then every few seconds."""
        self._thread = threading.Thread(target=self._tick, name="dispatch", daemon=True)
        self._thread.start()

    def dispatch(self) -> int:
        """Give waiting jobs to free workers; return how many."""
        with self._lock:
            if self._closing.is_set():
                return 0
            if self._executor is None:
                self._executor = ThreadPoolExecutor(self._workers, thread_name_prefix="solve")
            promised = verbs.promise_jobs(self._context, self._workers - self._running) if self._running < self._workers else []
            self._running += len(promised)
            executor = self._executor
        for job_id, attempt in promised:
            executor.submit(run_attempt, self._context, self._solver, job_id, attempt, self._closing).add_done_callback(
                self._free
            )
        return len(promised)

    def close(self) -> None:
        """Stop dispatching; children die when their attempts see it."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(DISPATCH_SECONDS)
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def _free(self, _: object) -> None:
        with self._lock:
            self._running -= 1
        self._try_dispatch()

    def _tick(self) -> None:
        while not self._closing.is_set():
            self._try_dispatch()
            self._closing.wait(DISPATCH_SECONDS)

    def _try_dispatch(self) -> None:
        try:
            self.dispatch()
        except Refusal:
            return  # the database is busy; the next tick tries again


def run_attempt(context: Context, solver: Solver, job_id: str, attempt: int, stopping: threading.Event | None = None) -> None:
    """Run one attempt of a job from claim to end; every way out leaves the row in a state that a person can read."""
    claimed = verbs.claim_job(context, job_id, attempt, f"{os.uname().nodename}:{os.getpid()}")
    if claimed is None:
        return
    instance, params = claimed
    signs = _Signs(context, job_id, attempt, stopping or threading.Event())
    try:
        body = solver(instance, params, signs.heard)
        _patiently(lambda: verbs.finish_job(context, job_id, attempt, body))
    except NotWantedError:
        return
    except SolveFailedError as error:
        failure = (error.code, str(error))
        _patiently(lambda: verbs.fail_job(context, job_id, attempt, *failure))
    except Refusal as refusal:
        refused = (refusal.code, refusal.detail)
        _patiently(lambda: verbs.fail_job(context, job_id, attempt, *refused))
    except (SolverDiedError, StoppingError) as error:
        died = isinstance(error, SolverDiedError)
        _patiently(lambda: verbs.release_job(context, job_id, attempt, died=died))


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

    def heard(self, progress: Mapping[str, Any] | None) -> None:
        if self._stopping.is_set():
            raise StoppingError
        self._unwritten |= progress or {}
        try:
            wanted = self._write() if self._is_due() else verbs.is_wanted(self._context, self._job_id, self._attempt)
        except Refusal:
            return  # the database is busy; the lease is longer than that
        if not wanted:
            raise NotWantedError(self._job_id)

    def _is_due(self) -> bool:
        age = time.monotonic() - self._written
        return age > (POLL_SECONDS if self._unwritten else self._context.settings.lease_seconds / 3)

    def _write(self) -> bool:
        wanted = verbs.record_progress(self._context, self._job_id, self._attempt, self._unwritten)
        self._unwritten, self._written = {}, time.monotonic()
        return wanted


class ChildSolver:
    """Solves in a child process, which is killed when it is not wanted or outlives its limit.

    Parameters
    ----------
    memory_mb
        Address space of the child.
    grace_seconds
        What it gets on top of its wall-clock limit.
    command
        The program; another one in tests.
    """

    def __init__(self, memory_mb: int, grace_seconds: float, command: tuple[str, ...] = ("-m", "service.child")) -> None:
        """Prepare; the child starts with the call."""
        self._memory_mb, self._grace_seconds, self._command = memory_mb, grace_seconds, command

    def __call__(self, instance: str, params: Params, heard: Callable[[Mapping[str, Any] | None], None]) -> str:
        """Return the proposal of the child."""
        order = {"instance": json.loads(instance), "params": params.model_dump(mode="json"), "memory_mb": self._memory_mb}
        deadline = time.monotonic() + params.time_limit_seconds + self._grace_seconds
        with _child((sys.executable, *self._command)) as child:
            lines = _lines_of(child)
            _give(child, order)
            while True:
                if time.monotonic() > deadline:
                    raise SolveFailedError("solver-overran", "The solver did not stop at its time limit and was killed.")
                try:
                    line = lines.get(timeout=POLL_SECONDS)
                except queue.Empty:
                    heard(None)
                    continue
                if line is None:
                    raise SolverDiedError
                message = json.loads(line)
                if "proposal" in message:
                    return str(message["proposal"])
                if "problem" in message:
                    raise SolveFailedError(message["problem"]["code"], message["problem"]["detail"])
                heard(message["progress"])


@contextmanager
def _child(command: tuple[str, ...]) -> Iterator[subprocess.Popen[str]]:
    """Start a child in a session of its own, with nothing of our environment but the path; kill it at the end."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    with subprocess.Popen(  # noqa: S603  the command is ours, never from input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        env={**environment, "PYTHONHASHSEED": "0"}, start_new_session=True, close_fds=True,
    ) as child:  # fmt: skip
        try:
            yield child
        finally:
            child.kill()


def _give(child: subprocess.Popen[str], order: Mapping[str, Any]) -> None:
    try:
        if child.stdin is not None:
            child.stdin.write(json.dumps(order) + "\n")
            child.stdin.flush()
    except BrokenPipeError:
        raise SolverDiedError from None


def _lines_of(child: subprocess.Popen[str]) -> queue.Queue[str | None]:
    """Return a queue of the child's lines; `None` at the end."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in child.stdout or ():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, name="child-lines", daemon=True).start()
    return lines


def run_until_ended(context: Context, solver: Solver, job_id: str) -> None:
    """Work until the job has ended, whoever runs it: the nightly command, which must not depend on a web process."""
    while True:
        if verbs.has_ended(verbs.get_job(context, MACHINE, job_id)):
            return
        promised = verbs.promise_jobs(context, 1, only=job_id)
        for job, attempt in promised:
            run_attempt(context, solver, job, attempt)
        if not promised:
            time.sleep(POLL_SECONDS)

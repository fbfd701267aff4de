"""The solver child: one killable process per solve or part of it, which has no database and nothing of our environment."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from service.schemas import Params

FINISH_SECONDS = 20.0
"""How long a solver that was asked for its best plan may still take; then the last draft is the answer."""
POLL_SECONDS = 0.25
"""How often a running attempt asks whether it is still wanted: a cancel takes effect within a second."""


class SolveFailedError(Exception):
    """The solver said why it could not answer; trying again would say the same."""

    def __init__(self, code: str, detail: str) -> None:
        """Keep the code beside the sentence."""
        self.code = code
        super().__init__(detail)


class SolverDiedError(Exception):
    """The child ended without an answer; another attempt may do better."""


class Solver(Protocol):
    """Something that turns an instance into the bytes of a proposal."""

    def __call__(self, instance: str, params: Params, heard: Callable[[Mapping[str, Any] | None], bool], start: str = "") -> str:
        """Return the proposal; `start` is the one to begin with, empty = none.

        `heard` is called with progress, or with `None` to ask whether to go on; it may raise.

        Where it returns true, the best plan so far is what is wanted.

        Raises
        ------
        SolveFailedError, SolverDiedError
            If there is no proposal.
        """
        ...


class Helpers(Protocol):
    """Who helps a child with the parts of its problem: what is finished is kept, what is not may be solved elsewhere."""

    elsewhere: bool
    """Whether others solve parts."""

    def recall(self, key: str) -> str | None:
        """Return what is kept under a key."""
        ...

    def keep(self, key: str, text: str) -> None:
        """Keep a finished part."""
        ...

    def solve(self, task: str) -> Future[str]:
        """Have a part solved elsewhere."""
        ...

    def close(self) -> None:
        """Take back what nobody waits for any more."""
        ...


class NoHelpers:
    """Nobody: the child does everything itself, and anew."""

    elsewhere = False

    def recall(self, key: str) -> str | None:
        """Return nothing."""
        return None

    def keep(self, key: str, text: str) -> None:
        """Keep nothing."""

    def solve(self, task: str) -> Future[str]:
        """Refuse."""
        raise NotImplementedError("nobody solves parts elsewhere")

    def close(self) -> None:
        """Take back nothing."""


def _environment() -> dict[str, str]:
    """Return what a child may know of our environment, with hashes that are the same in every process."""
    return {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ} | {"PYTHONHASHSEED": "0"}


def ask_child(module: str, order: Mapping[str, Any], seconds: float) -> dict[str, Any] | None:
    """Return the one answer of a child that sets its own limits; `None` where it died, said nothing, or took too long."""
    try:
        done = subprocess.run(  # noqa: S603  the command is ours, never from input
            (sys.executable, "-m", module), input=json.dumps(order) + "\n", capture_output=True, text=True, encoding="utf-8",
            timeout=seconds, env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0 or not done.stdout:
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


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
    helpers
        Who keeps finished parts, and has parts solved elsewhere.
    processes
        How many parts a child solves at the same time, each in a process of its own, where nobody does so elsewhere.
    """

    def __init__(
        self, memory_mb: int, grace_seconds: float, command: tuple[str, ...] = ("-m", "service.child"),
        helpers: Helpers | None = None, processes: int = 1,
    ) -> None:  # fmt: skip
        """Prepare; the child starts with the call."""
        self._memory_mb, self._grace_seconds, self._command = memory_mb, grace_seconds, command
        self._helpers, self._processes = helpers, processes

    def __call__(self, instance: str, params: Params, heard: Callable[[Mapping[str, Any] | None], bool], start: str = "") -> str:
        """Return the proposal of the child."""
        wanted = params.model_dump(mode="json", exclude={"start"})
        order = {"instance": json.loads(instance), "params": wanted, "start": start}
        return self._ask(order, params.time_limit_seconds, heard)

    def solve_part(self, task: str, seconds: float, heard: Callable[[Mapping[str, Any] | None], bool]) -> str:
        """Return the answer to one part of a problem, both as texts.

        Parameters
        ----------
        seconds
            Wall-clock limit of the task.
        heard
            Asked now and then whether to go on; it may raise.

        Raises
        ------
        SolveFailedError, SolverDiedError
            If there is no answer.
        """
        return self._ask({"part": task}, seconds, heard)

    def _ask(self, order: Mapping[str, Any], seconds: float, heard: Callable[[Mapping[str, Any] | None], bool]) -> str:
        """Give a child its order and help it until it has answered."""
        helpers = self._helpers or NoHelpers()
        help_with = {"kept": self._helpers is not None, "elsewhere": helpers.elsewhere, "processes": self._processes}
        deadline = time.monotonic() + seconds + self._grace_seconds
        finishing, draft = False, ""
        with _child((sys.executable, *self._command), helpers) as child:
            lines = _lines_of(child)
            child.give({**order, "memory_mb": self._memory_mb, "parts": help_with})
            while True:
                if time.monotonic() > deadline and finishing and draft:
                    return draft
                if time.monotonic() > deadline:
                    raise SolveFailedError("solver-overran", "The solver did not stop at its time limit and was killed.")
                try:
                    line = lines.get(timeout=POLL_SECONDS)
                except queue.Empty:
                    if heard(None) and not finishing:
                        finishing = True
                        child.give("finish")
                        if draft:
                            deadline = min(deadline, time.monotonic() + FINISH_SECONDS)
                    continue
                if line is None:
                    raise SolverDiedError
                ((name, said),) = json.loads(line).items()
                if name in ("proposal", "answer"):
                    return str(said)
                if name == "problem":
                    raise SolveFailedError(said["code"], said["detail"])
                if name in ("recall", "keep", "solve"):
                    child.help_with(name, said)
                    continue
                draft = said if name == "draft" else draft
                heard({"draft": draft} if name == "draft" else said)


class _Child:
    """A running child, and who helps it."""

    def __init__(self, process: subprocess.Popen[str], helpers: Helpers) -> None:
        self.process, self._helpers = process, helpers
        self._lock = threading.Lock()

    def give(self, order: Mapping[str, Any] | str) -> None:
        """Write one line to the child.

        Raises
        ------
        SolverDiedError
            If it is gone.
        """
        try:
            with self._lock:
                if self.process.stdin is not None:
                    self.process.stdin.write(json.dumps(order) + "\n")
                    self.process.stdin.flush()
        except (BrokenPipeError, ValueError):  # a closed pipe is a ValueError
            raise SolverDiedError from None

    def help_with(self, name: str, said: Any) -> None:
        """Do what the child wishes about a part."""
        if name == "recall":
            self.give({"known": self._helpers.recall(said)})
        elif name == "keep":
            self._helpers.keep(*said)
        else:
            number, task = said
            self._helpers.solve(task).add_done_callback(lambda job: self._pass_on(number, job))

    def _pass_on(self, number: int, job: Future[str]) -> None:
        """Give the child the answer to a part that was solved elsewhere; nothing where it was lost there."""
        lost = job.cancelled() or job.exception() is not None
        with suppress(SolverDiedError):
            self.give({"answer": [number, None if lost else job.result()]})


@contextmanager
def _child(command: tuple[str, ...], helpers: Helpers) -> Iterator[_Child]:
    """Start a child in a session of its own, with nothing of our environment but the path; kill it and its own at the end."""
    with subprocess.Popen(  # noqa: S603  the command is ours, never from input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        env=_environment(), start_new_session=True, close_fds=True,
    ) as process:  # fmt: skip
        try:
            yield _Child(process, helpers)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            helpers.close()


def _lines_of(child: _Child) -> queue.Queue[str | None]:
    """Return a queue of the child's lines; `None` at the end."""
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in child.process.stdout or ():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, name="child-lines", daemon=True).start()
    return lines

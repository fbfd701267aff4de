"""The solver child: one killable process per solve, which has no database and nothing of our environment."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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
    """

    def __init__(self, memory_mb: int, grace_seconds: float, command: tuple[str, ...] = ("-m", "service.child")) -> None:
        """Prepare; the child starts with the call."""
        self._memory_mb, self._grace_seconds, self._command = memory_mb, grace_seconds, command

    def __call__(self, instance: str, params: Params, heard: Callable[[Mapping[str, Any] | None], bool], start: str = "") -> str:
        """Return the proposal of the child."""
        wanted = params.model_dump(mode="json", exclude={"start"})
        order = {"instance": json.loads(instance), "params": wanted, "memory_mb": self._memory_mb, "start": start}
        deadline = time.monotonic() + params.time_limit_seconds + self._grace_seconds
        finishing, draft = False, ""
        with _child((sys.executable, *self._command)) as child:
            lines = _lines_of(child)
            _give(child, order)
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
                        _give(child, "finish")
                        if draft:
                            deadline = min(deadline, time.monotonic() + FINISH_SECONDS)
                    continue
                if line is None:
                    raise SolverDiedError
                message = json.loads(line)
                if "proposal" in message:
                    return str(message["proposal"])
                if "problem" in message:
                    raise SolveFailedError(message["problem"]["code"], message["problem"]["detail"])
                draft = message.get("draft", draft)
                heard({"draft": draft} if "draft" in message else message["progress"])


@contextmanager
def _child(command: tuple[str, ...]) -> Iterator[subprocess.Popen[str]]:
    """Start a child in a session of its own, with nothing of our environment but the path; kill it at the end."""
    with subprocess.Popen(  # noqa: S603  the command is ours, never from input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        env=_environment(), start_new_session=True, close_fds=True,
    ) as child:  # fmt: skip
        try:
            yield child
        finally:
            child.kill()


def _give(child: subprocess.Popen[str], order: Mapping[str, Any] | str) -> None:
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

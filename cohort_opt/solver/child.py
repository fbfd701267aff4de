"""One solve in one killable process: limits from outside, progress relayed, cancel with the best plan so far.

CP-SAT ignores its memory limit (google/or-tools #1944) and at times its time limit (#4882), so both are kept from outside.
The child is a fresh interpreter; problem and answer travel as pickles on its standard streams, and nothing else does.
"""

from __future__ import annotations

import os
import pickle
import resource
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import IO, Any

from cohort_opt.errors import CohortOptError, ModelError, SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.result import CompactResult, Progress, ProgressCallback
from cohort_opt.solver.solve import solve

GRACE_SECONDS = 10.0
"""Time beyond the wall limit for start-up and for handing over the answer, before the child is killed."""

POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Task:
    """What the child is asked: a plain value, the same on this machine and on another.

    Parameters
    ----------
    memory_mb
        Most address space of the child; `None` leaves it open.
    """

    problem: CompactProblem
    params: SolveParams
    hint: Plan | None = None
    memory_mb: int | None = None


def solve_in_child(
    problem: CompactProblem,
    params: SolveParams,
    *,
    progress: ProgressCallback | None = None,
    hint: Plan | None = None,
    cancelled: Callable[[], bool] | None = None,
    memory_mb: int | None = None,
    grace_seconds: float = GRACE_SECONDS,
) -> CompactResult:
    """Return what `solve` returns, from a process that cannot outlive its limits.

    Parameters
    ----------
    cancelled
        Asked about twenty times a second; true kills the child, and the best plan so far is the answer.
    memory_mb
        Most address space of the child.
    grace_seconds
        Wall seconds beyond `params.time_limit_seconds` before the child is killed.

    Raises
    ------
    ModelError
        As `solve`.
    SolverError
        If the child dies (for example out of memory) before it has a plan.
    """
    child = _Child(Task(problem, params, hint, memory_mb))
    deadline = time.monotonic() + params.time_limit_seconds + grace_seconds
    best: Progress | None = None
    try:
        while True:
            message = child.next_message()
            if isinstance(message, CompactResult):
                return message
            if isinstance(message, CohortOptError):
                raise message
            if isinstance(message, Progress):
                best = message if message.plan is not None or best is None else best
                if progress is not None:
                    progress(message)
            elif message is _Gone.GONE:
                return _answer(problem, best, f"the solving process ended with code {child.exit_code()}")
            if cancelled is not None and cancelled():
                return _answer(problem, best, "cancelled: the best plan so far", may_be_empty=True)
            if time.monotonic() > deadline:
                return _answer(problem, best, "stopped from outside at the wall limit", may_be_empty=True)
    finally:
        child.kill()


def _answer(problem: CompactProblem, best: Progress | None, note: str, *, may_be_empty: bool = False) -> CompactResult:
    """Return the best plan that the child has sent, as an answer that is not reproducible."""
    if best is None or best.plan is None or best.plan.faults(problem):
        if not may_be_empty:
            raise SolverError(f"{note} and had no plan; give it more memory or a smaller problem")
        return CompactResult(SolveStatus.NO_SOLUTION_IN_TIME, None, None, None, None, "none", False, notes=(note,))
    plan, bound = best.plan, best.bound
    value = plan.value(problem)
    sound = bound if bound is not None and bound <= value else None
    return CompactResult(
        SolveStatus.FEASIBLE,
        plan.classes_by_run(problem.num_runs),
        tuple(plan.unplaced(problem).tolist()),
        value,
        sound,
        "none" if sound is None else "parts",
        False,
        notes=(note,),
        seconds=best.seconds,
    )


class _Gone:
    """Says that the child has closed its stream."""

    GONE: _Gone


_Gone.GONE = _Gone()


class _Child:
    """The process, and a thread that turns its stream into messages."""

    def __init__(self, task: Task) -> None:
        command = [sys.executable, "-m", "cohort_opt.solver.child"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - own module
        self._messages: SimpleQueue[Any] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._writer = threading.Thread(target=self._write, args=(task,), daemon=True)
        self._writer.start()

    def _write(self, task: Task) -> None:
        if self._process.stdin is not None:
            try:
                with self._process.stdin as stream:
                    _send(stream, task)
            except (BrokenPipeError, ValueError):
                return  # The child is gone; the reader says so.

    def _read(self) -> None:
        stream = self._process.stdout
        while stream is not None:
            message = _receive(stream)
            self._messages.put(message)
            if message is _Gone.GONE:
                return

    def next_message(self) -> Any:
        """Return the next message, `None` if none has come within the poll interval."""
        try:
            return self._messages.get(timeout=POLL_SECONDS)
        except Empty:
            return None

    def exit_code(self) -> int:
        """Return the exit code of a child that has closed its stream."""
        return self._process.wait(timeout=GRACE_SECONDS)

    def kill(self) -> None:
        """End the process and collect it; harmless if it has ended."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._writer.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _send(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    """Return the next message of our own process at the other end, `_Gone.GONE` at the end of the stream."""
    head = stream.read(8)
    if len(head) < 8:
        return _Gone.GONE
    data = stream.read(struct.unpack("<Q", head)[0])
    try:
        return pickle.loads(data)  # noqa: S301 - written by this module
    except (EOFError, pickle.UnpicklingError):
        return _Gone.GONE


def main() -> None:
    """Read one task, solve it, write progress and answer."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever an engine prints must not mix with the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    task = _receive(sys.stdin.buffer)
    if not isinstance(task, Task):
        return
    if task.memory_mb is not None:
        resource.setrlimit(resource.RLIMIT_AS, (task.memory_mb * 2**20, task.memory_mb * 2**20))
    try:
        outcome: object = solve(
            task.problem, task.params, hint=task.hint, progress=lambda step: _send(answers, step), keep_plans=True
        )
    except (ModelError, SolverError) as error:
        outcome = error
    except MemoryError:
        outcome = SolverError(f"out of memory at {task.memory_mb} MB; give it more or solve a smaller problem")
    _send(answers, outcome)


if __name__ == "__main__":
    from cohort_opt.solver import child

    child.main()  # By its own name, so that Task is the class that the parent has sent.

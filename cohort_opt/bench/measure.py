"""One measured run: an engine in a process of its own, its plan judged here, its time and memory taken from outside."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cohort_opt.bench.engines import ENGINES, SAFETY, Outcome, Step, Terms
from cohort_opt.bench.judge import judge
from cohort_opt.errors import CohortOptError
from cohort_opt.problem.compact import CompactProblem

GRACE_SECONDS = 30.0
"""Wall seconds beyond its limit before an engine that overruns is killed."""
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run gave.

    Parameters
    ----------
    objective
        In cents, as the judge recomputes it; `None` without a plan.
    bound
        In cents; `None` where the engine has proven none.
    violations
        What the judge found; empty for a sound plan.
    failure
        Why there is no answer at all; empty for a run that ended by itself.
    seconds
        Wall seconds inside the process: building the model and solving, not the start of the interpreter.
    peak_memory_mb
        Largest sum of the peak resident memory of all processes of the run.
    """

    engine: str
    seed: int
    objective: int | None
    bound: int | None
    violations: tuple[str, ...]
    failure: str
    seconds: float
    peak_memory_mb: float
    trace: tuple[Step, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Return whether bound and plan have met."""
        return self.objective is not None and self.bound is not None and self.bound >= self.objective


def measure(problem: CompactProblem, engine: str, terms: Terms) -> Measured:
    """Return one measured run of an engine on a problem."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cohort_opt.bench.engines"])
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, problem, engine, terms))
    process.start()
    theirs.close()
    patience = SAFETY * terms.seconds + GRACE_SECONDS
    answer, memory = _wait(mine, process.pid or 0, patience)
    _kill(process.pid)
    process.join()
    mine.close()
    if not isinstance(answer, tuple):
        failure = answer or "killed: it overran its limit"
        return Measured(engine, terms.seed, None, None, (), failure, patience, memory)
    outcome, seconds = answer
    return _judged(problem, engine, terms.seed, outcome, seconds, memory)


def _judged(problem: CompactProblem, engine: str, seed: int, outcome: Outcome, seconds: float, memory: float) -> Measured:
    if outcome.classes is None or outcome.unplaced is None:
        return Measured(engine, seed, None, outcome.bound, (), "", seconds, memory, outcome.trace)
    ruling = judge(problem, outcome.classes, outcome.unplaced)
    faults = ruling.violations
    if problem.beyond_matrix():
        faults = (*faults, "the problem uses a rule that this judge does not know")
    return Measured(engine, seed, ruling.objective, outcome.bound, faults, "", seconds, memory, outcome.trace)


def _run(pipe: Connection, problem: CompactProblem, engine: str, terms: Terms) -> None:
    """Run one engine in this process, which leads a group of its own, so that its children die with it."""
    os.setsid()
    start = time.perf_counter()
    try:
        outcome = ENGINES[engine](problem, terms)
    except CohortOptError as error:
        pipe.send(f"{type(error).__name__}: {error}")
        return
    pipe.send((outcome, time.perf_counter() - start))


def _wait(pipe: Connection, pid: int, seconds: float) -> tuple[Any, float]:
    """Return the answer, `None` where there is none in time, and the peak memory in MB."""
    deadline, peak = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        if pipe.poll(POLL_SECONDS):
            peak = max(peak, _memory_mb(pid))
            try:
                return pipe.recv(), peak
            except EOFError:
                return "the process ended without an answer", peak
        peak = max(peak, _memory_mb(pid))
    return None, peak


def _memory_mb(pid: int) -> float:
    """Return the sum of the peak resident memory of a process and its living descendants."""
    return sum(_peak_kb(found) for found in _family(pid)) / 1024


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        others = [task for task in os.listdir(f"/proc/{pid}/task") if task != str(pid)]
        for task in others:
            children += Path(f"/proc/{pid}/task/{task}/children").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return [pid]
    return [pid, *(found for child in children for found in _family(int(child)))]


def _peak_kb(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def _kill(pid: int | None) -> None:
    """End the process group of a run; harmless if it has ended."""
    if pid:
        for end in (os.killpg, os.kill):
            try:
                end(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue

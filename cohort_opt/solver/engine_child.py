"""One run of a mixed-integer engine in a process of its own: HiGHS cannot be interrupted, but a process can be killed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from cohort_opt.errors import SolverError
from cohort_opt.solver import mathopt
from cohort_opt.solver.mathopt import Engine, EngineAnswer
from cohort_opt.solver.matrix import Floats, Matrix

WATCH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class EngineTask:
    """What the child is asked.

    Parameters
    ----------
    engine
        Name of an `Engine`.
    until
        Reading of the machine's monotonic clock at which it stops; see `deadline`.
    """

    matrix: Matrix
    engine: str
    until: float
    gap: float
    presolve: bool = True
    hint: Floats | None = None


def deadline(seconds: float) -> float:
    """Return what the monotonic clock, the same for all processes of a machine, will read in so many seconds."""
    return time.monotonic() + seconds


class EngineChild:
    """A running child; its answer is awaited by one thread and its end may be forced by another."""

    def __init__(self, task: EngineTask) -> None:
        command = [sys.executable, "-m", "cohort_opt.solver.engine_child"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - own module
        self._task = task

    def answer(self) -> EngineAnswer | None:
        """Return the answer, `None` if the child was killed before it had one.

        Raises
        ------
        SolverError
            If the engine fails.
        """
        try:
            output, _ = self._process.communicate(pickle.dumps(self._task, protocol=pickle.HIGHEST_PROTOCOL))
        except BrokenPipeError:
            return None
        if self._process.returncode != 0:
            return None
        found = pickle.loads(output)  # noqa: S301 - written by this module
        if isinstance(found, SolverError):
            raise found
        return found if isinstance(found, EngineAnswer) else None

    def kill(self) -> None:
        """End the child at once; harmless if it has ended."""
        self._process.kill()


def main() -> None:
    """Read one task, run the engine, write its answer."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever an engine prints must not mix with the answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    task = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by this module
    outcome: object
    try:
        model = mathopt.model_of(task.matrix)
        outcome = mathopt.run(
            model,
            Engine[task.engine],
            seconds=task.until - time.monotonic(),
            hint=task.hint,
            gap=task.gap,
            presolve=task.presolve,
        )
    except SolverError as failure:
        outcome = failure
    with answers:
        pickle.dump(outcome, answers, protocol=pickle.HIGHEST_PROTOCOL)


def end_with(parent: int) -> None:
    """End this process when its parent has died: nobody waits for the answer any more."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    from cohort_opt.solver import engine_child

    engine_child.main()  # By its own name, so that EngineTask is the class that the parent has sent.

"""Executors that keep a clock: how long each part took where it was solved, its memory, and how many bytes travelled."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cost:
    """What one part has cost: its process, seconds, peak memory of that in MB, bytes of its task and of its answer."""

    process: int
    seconds: float
    memory_mb: float
    task_bytes: int
    answer_bytes: int


def timed(fn: Callable[[bytes], bytes], data: bytes) -> tuple[bytes, Cost]:
    """Solve a part; return its answer with what it has cost."""
    began = time.perf_counter()
    answer = fn(data)
    seconds = time.perf_counter() - began
    return answer, Cost(os.getpid(), seconds, memory_mb(), len(data), len(answer))


def memory_mb() -> float:
    """Return the peak memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class ClockedExecutor(Executor):
    """Passes parts on to another executor and keeps their costs in the order in which they were asked for."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner
        self._asked: list[Future[tuple[bytes, Cost]]] = []
        self.ended = 0.0
        """Reading of the clock when the last answer came."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        answer: Future[Any] = Future()
        job = self._inner.submit(timed, fn, *args)
        self._asked.append(job)
        job.add_done_callback(lambda done: self._pass_on(done, answer))
        return answer

    def costs(self) -> list[Cost]:
        """Return what each part has cost."""
        return [job.result()[1] for job in self._asked]

    def _pass_on(self, done: Future[tuple[bytes, Cost]], answer: Future[Any]) -> None:
        self.ended = time.perf_counter()
        if error := done.exception():
            answer.set_exception(error)
        else:
            answer.set_result(done.result()[0])

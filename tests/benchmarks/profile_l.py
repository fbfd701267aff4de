"""Where a solve of size L spends its time: `python -m tests.benchmarks.profile_l --seconds 120`.

A thread looks every 10 ms which Python function each working thread is in; time inside numpy or a solver counts for the function
that called it. `in lines` is the share of looks that met a function in its own lines at another line than the look before: a
Python loop shows there, a call into compiled code does not. Not part of the default suite.
"""

from __future__ import annotations

import argparse
import collections
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from cohort_opt.generate import generate
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.solve import solve

PERIOD = 0.01
ROOT = str(Path(__file__).parents[2] / "cohort_opt")
WAITING = ("threading.py", "selectors.py", "_base.py", "thread.py")


class Sampler:
    """Counts looks by function until it is stopped."""

    def __init__(self) -> None:
        self.looks: collections.Counter[str] = collections.Counter()
        self.moving: collections.Counter[str] = collections.Counter()
        self._last: dict[int, tuple[FrameType, int]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Sampler:
        """Start looking."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(PERIOD):
            for thread, frame in sys._current_frames().items():
                if thread != threading.get_ident():
                    self._look(thread, frame)

    def _look(self, thread: int, leaf: FrameType) -> None:
        if leaf.f_code.co_filename.endswith(WAITING):
            return
        frame: FrameType | None = leaf
        while frame is not None and not frame.f_code.co_filename.startswith(ROOT):
            frame = frame.f_back
        if frame is None:
            return
        name = f"{Path(frame.f_code.co_filename).relative_to(ROOT)} {frame.f_code.co_qualname}"
        self.looks[name] += 1
        before = self._last.get(thread)
        if before is not None and before[0] is frame and before[1] != frame.f_lasti and frame is leaf:
            self.moving[name] += 1
        self._last[thread] = (frame, frame.f_lasti)


def main() -> None:
    """Print the functions in which most of the time passes."""
    parser = argparse.ArgumentParser(description="Where a solve of one size spends its time.")
    parser.add_argument("--size", default="L", choices=["B", "L", "XL"])
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--top", type=int, default=14)
    given = parser.parse_args()
    instance = generate(given.size, 1)
    with Sampler() as before:
        started = time.perf_counter()
        problem = find_candidates(instance).problem
        spent = time.perf_counter() - started
    with Sampler() as during:
        result = solve(problem, SolveParams(Mode.FAST, seed=1, time_limit_seconds=given.seconds, workers=2))
    for title, found in ((f"candidates, {spent:.1f} s", before), (f"search, {given.seconds:.0f} s", during)):
        total = max(sum(found.looks.values()), 1)
        print(f"{title}: {total} looks of {PERIOD * 1000:.0f} ms")  # noqa: T201 - a command that prints
        for name, count in found.looks.most_common(given.top):
            print(f"{count / total:7.1%} of the looks, {found.moving[name] / total:6.1%} in lines  {name}")  # noqa: T201
    if result.objective is not None and result.bound is not None:
        gap = (result.objective - result.bound) / result.objective
        print(f"plan {result.objective / 100:,.2f} EUR, bound {result.bound / 100:,.2f} EUR, gap {gap:.2%}")  # noqa: T201


if __name__ == "__main__":
    main()

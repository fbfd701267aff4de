"""Processes of this machine that solve parts side by side, and never outlive whoever asked for them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from cohort_opt.solver.engine_child import end_with


@contextmanager
def part_pool(processes: int) -> Iterator[Executor]:
    """Return an executor of so many fresh processes; at its end they go, whatever they are at.

    Parameters
    ----------
    processes
        How many parts are solved at the same time, at least 1.
    """
    fresh = multiprocessing.get_context("spawn")  # an engine's threads do not survive a fork
    pool = ProcessPoolExecutor(processes, mp_context=fresh, initializer=_watch, initargs=(os.getpid(),))
    try:
        yield pool
    finally:
        for process in list(pool._processes.values()):  # Python 3.14 calls it `kill_workers`
            process.kill()
        pool.shutdown(cancel_futures=True)


def _watch(parent: int) -> None:
    """End with the process that asked: killed, it could not say so."""
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()

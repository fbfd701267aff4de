"""What it costs to spread the parts of a country over workers: `python -m tests.benchmarks.fan_out [--page]`.

Protocol: regions of size B that share nothing (`country`), reproducible mode, so that every run does the same work. First
everything in one process; then with 1, 2 and 4 worker processes, of `part_pool` and as "machines":
a Dask scheduler and workers, each a process of its own, behind TLS on loopback.
Workers are started and have loaded the engine before the clock starts; their start is a column of its own.

    seconds       wall clock of `solve`
    critical path seconds of parts on the worker that had the most, then the largest part, which the coordinator solves when all
                  others are done: what `solve` would take if nothing else took time
    overhead      seconds beyond the critical path, as a share of the seconds of all parts: encoding, sending, waiting, joining

Unit costs are those of the run with one worker process. `--page` writes `docs/country/measured.json` and builds the page from it.
Run it alone on the machine.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from cohort_opt import Instance, SolveParams, instance_from_dict, propose
from cohort_opt.generate import generate
from cohort_opt.problem.candidates import Candidates, find_candidates
from cohort_opt.solver.part_pool import part_pool
from cohort_opt.solver.part_task import PartTask
from cohort_opt.solver.parts import split
from cohort_opt.solver.result import CompactResult
from cohort_opt.solver.solve import solve
from service.config import Settings
from tests.benchmarks.country import country
from tests.benchmarks.part_clock import ClockedExecutor, Cost, memory_mb
from tests.service.machines import Machines

WORKERS = (1, 2, 4)
EXPECTED = (1, 2, 4, 16, 128)
ROOT = Path(__file__).parents[2]
MEASURED = ROOT / "docs" / "country" / "measured.json"


class Shelf:
    """Finished parts in memory, so that the proposal of a run costs no second solve."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def recall(self, key: str) -> str | None:
        return self._texts.get(key)

    def keep(self, key: str, text: str) -> None:
        self._texts[key] = text


@contextmanager
def machines(count: int) -> Iterator[Executor]:
    """Return an executor of a Dask cluster behind TLS: a scheduler and so many workers, each a process of its own."""
    from distributed import Client, Security

    with tempfile.TemporaryDirectory(prefix="machines-") as name:
        cluster = Machines(Settings(), Path(name), tls=True)
        cluster.environment["PYTHONPATH"] = str(ROOT)
        options = {key: str(path) for key, path in cluster.certificates.items()}
        security = Security(
            require_encryption=True, tls_ca_file=options["tls_ca_file"], tls_client_cert=options["tls_cert"],
            tls_client_key=options["tls_key"],
        )  # fmt: skip
        try:
            cluster.start("scheduler")
            for number in range(count):
                cluster.start(f"worker-{number}")
            with Client(cluster.address, security=security, timeout=60, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
                yield client.get_executor(pure=False)
        finally:
            cluster.close()


ENGINES = {"processes": part_pool, "machines": machines}


def measure(regions: int, deterministic_limit: float, seed: int) -> dict[str, Any]:
    """Return everything that the page and the table show."""
    instance = instance_from_dict(country(regions, "B", seed))
    params = SolveParams(deterministic_limit=deterministic_limit, time_limit_seconds=3_600)
    began = time.perf_counter()
    candidates = find_candidates(instance)
    found_seconds = time.perf_counter() - began
    began = time.perf_counter()
    here = solve(candidates.problem, params)
    here_seconds = time.perf_counter() - began
    began = time.perf_counter()
    shelf = Shelf()
    solve(candidates.problem, params, parts=shelf)
    proposal = propose(instance, params, parts=shelf).to_json()
    print(f"in one process: {here_seconds:.2f} s", flush=True)
    rows, costs = [], []
    for engine, workers in ((engine, workers) for engine in ENGINES for workers in WORKERS):
        row, spent = _with_workers(engine, workers, instance, candidates, params, here, proposal)
        row["slower_than_here"] = round(row["seconds"] / here_seconds - 1, 4)
        costs = costs or spent
        rows.append(row)
        print(json.dumps(row), flush=True)
    judged = _judging_seconds(instance, params, shelf)
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "architecture": platform.machine()},
        "regions": regions,
        "companies": len(instance.companies),
        "trainees": sum(d.count for d in instance.demands),
        "deterministic_limit": deterministic_limit,
        "status": str(here.status),
        "seconds_here": round(here_seconds, 2),
        "rows": rows,
        "units": _units(costs, rows[0]["largest_seconds"]),
        "memory_here_mb": round(memory_mb()),
        "serial": {"candidates_per_region": round(found_seconds / regions, 4), "judging_per_region": round(judged / regions, 4)},
        "expected": _expected(
            [cost.seconds for cost in costs] + [rows[0]["largest_seconds"]], (found_seconds + judged) / regions
        ),
    }


def _with_workers(
    engine: str, workers: int, instance: Instance, candidates: Candidates, params: SolveParams, here: CompactResult, proposal: str
) -> tuple[dict[str, Any], list[Cost]]:
    started = time.perf_counter()
    with ENGINES[engine](workers) as inner:
        for job in [inner.submit(_load, number) for number in range(2 * workers)]:
            job.result()
        began = time.perf_counter()
        clocked, shelf = ClockedExecutor(inner), Shelf()
        result = solve(candidates.problem, params, executor=clocked, parts=shelf)
        ended = time.perf_counter()
        costs = clocked.costs()
    largest = ended - clocked.ended
    busy: dict[int, float] = {}
    for cost in costs:
        busy[cost.process] = busy.get(cost.process, 0.0) + cost.seconds
    path = max(busy.values()) + largest
    spent = sum(cost.seconds for cost in costs) + largest
    same = (
        replace(result, seconds=0.0) == replace(here, seconds=0.0)
        and propose(instance, params, parts=shelf).to_json() == proposal
    )
    row = {
        "engine": engine,
        "workers": workers,
        "start_seconds": round(began - started, 2),
        "seconds": round(ended - began, 2),
        "part_seconds": round(spent, 2),
        "largest_seconds": round(largest, 2),
        "critical_path": round(path, 2),
        "overhead_seconds": round(ended - began - path, 3),
        "overhead": round((ended - began - path) / spent, 4),
        "same_bytes": same,
        "sha256": hashlib.sha256(proposal.encode()).hexdigest()[:16],
    }
    return row, costs


def schedule(seconds: Sequence[float], workers: int) -> float:
    """Return when the last part ends if each goes, in order, to the worker that is free first."""
    free = [0.0] * workers
    for spent in seconds:
        heapq.heappush(free, heapq.heappop(free) + spent)
    return max(free)


def _load(number: int) -> int:
    """Load the engine in a worker."""
    import cohort_opt.solver.solve  # noqa: F401

    time.sleep(0.2)
    return number


def _judging_seconds(instance: Instance, params: SolveParams, shelf: Shelf) -> float:
    """Return the seconds of everything after the search: joining, judging, pricing, reasons."""
    began = time.perf_counter()
    propose(instance, params, parts=shelf)
    whole = time.perf_counter() - began
    began = time.perf_counter()
    find_candidates(instance)
    return max(whole - (time.perf_counter() - began), 0.0)


def _units(costs: list[Cost], largest: float) -> dict[str, Any]:
    real = [cost for cost in costs if cost.answer_bytes > 200 and cost.seconds > 0.01]
    return {
        "parts": len(real),
        "seconds_median": round(statistics.median(cost.seconds for cost in real), 2),
        "seconds_most": round(max(largest, *(cost.seconds for cost in real)), 2),
        "memory_mb": round(max(cost.memory_mb for cost in real)),
        "task_bytes_median": round(statistics.median(cost.task_bytes for cost in real)),
        "answer_bytes_median": round(statistics.median(cost.answer_bytes for cost in real)),
    }


def _expected(seconds: list[float], serial: float) -> list[dict[str, Any]]:
    """Return what to expect of so many workers for 128 regions: the measured parts in turns, serial work apart."""
    parts = sorted(seconds[k % len(seconds)] for k in range(128))
    alone = 128 * serial + sum(parts)
    rows = []
    for workers in EXPECTED:
        search = schedule(parts[:-1], workers) + parts[-1]
        rows.append(
            {
                "workers": workers,
                "search_seconds": round(search, 1),
                "serial_seconds": round(128 * serial, 1),
                "speed_up_of_search": round(sum(parts) / search, 1),
                "speed_up": round(alone / (128 * serial + search), 1),
            }
        )
    return rows


def whole_sizes() -> list[dict[str, Any]]:
    """Return for generated sizes in one piece how they fall into parts, and how large the largest is."""
    rows = []
    for size in ("A", "B", "L"):
        candidates = find_candidates(generate(size, 1))
        parts = split(candidates.problem)
        arcs = [part.problem.num_arcs for part in parts]
        largest = max(parts, key=lambda part: part.problem.num_arcs)
        task = PartTask(largest.problem, SolveParams(), 60.0).to_bytes()
        rows.append(
            {
                "size": size,
                "companies": len(candidates.instance.companies),
                "parts": sum(arc > 0 for arc in arcs),
                "arcs": sum(arcs),
                "share_of_largest": round(max(arcs) / sum(arcs), 3),
                "task_bytes": len(task),
            }
        )
    return rows


def main() -> int:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description="Parts of a country on 1, 2 and 4 workers.")
    parser.add_argument("--regions", type=int, default=8)
    parser.add_argument("--deterministic-limit", type=float, default=32.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", action="store_true", help="write the figures and the page into docs/")
    options = parser.parse_args()
    found = measure(options.regions, options.deterministic_limit, options.seed) | {"sizes": whole_sizes()}
    from docs.country.build import tables

    print(tables(found))
    if options.page:
        from docs.country.build import write

        MEASURED.write_text(json.dumps(found, indent=2) + "\n")
        write()
    return 0 if all(row["same_bytes"] for row in found["rows"]) else 1


if __name__ == "__main__":
    sys.exit(main())

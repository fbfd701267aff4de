"""Measuring side by side: each engine on each size and seed, one after the other, each in a process of its own.

The clock covers building the model and solving; candidates are made before it. Plans are judged by `judge.py`, which shares no
code with any engine. Gaps are against the best bound that any engine proved for the same case.
"""

from __future__ import annotations

import csv
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cohort_opt.bench.engines import ENGINES
from cohort_opt.bench.judge import judge
from cohort_opt.generate import Size, generate
from cohort_opt.problem.candidates import find_candidates

SECONDS: dict[Size, float] = {"A": 10.0, "B": 30.0, "L": 120.0, "XL": 1800.0}
"""Wall limit of one run by size, seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One run of one engine.

    Parameters
    ----------
    objective, bound
        Cents; `None` where there is none.
    gap
        Against the best bound known for the case; `None` without a plan or a bound.
    verdict
        `ok`, `no plan`, or what the judge of the compact problem found wrong.
    seconds, peak_memory_mb
        Of the run's own process.
    """

    size: str
    seed: int
    engine: str
    objective: int | None
    bound: float | None
    gap: float | None
    verdict: str
    seconds: float
    peak_memory_mb: float


def bench_sizes(
    sizes: Sequence[Size], num_seeds: int, folder: Path, tell: Callable[[str], None], engines: Sequence[str] = tuple(ENGINES)
) -> list[Row]:
    """Run every engine on every size and seed; write `bench.csv` and `bench.md` to the folder and return the rows.

    Parameters
    ----------
    tell
        Called with one line per run.
    """
    rows: list[Row] = []
    for size in sizes:
        for seed in range(1, num_seeds + 1):
            case = [_in_own_process(size, seed, engine) for engine in engines]
            bounds = [row.bound for row in case if row.bound is not None and row.verdict in ("ok", "no plan")]
            case = [replace(row, gap=_gap(row, max(bounds, default=None))) for row in case]
            for row in case:
                tell(said(row))
            rows += case
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "bench.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(asdict(rows[0])) if rows else [])
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
    (folder / "bench.md").write_text(table(rows), encoding="utf-8")
    return rows


def _in_own_process(size: Size, seed: int, engine: str) -> Row:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(measure, size, seed, engine).result()


def measure(size: Size, seed: int, engine: str) -> Row:
    """Run one engine on one generated case and judge its plan."""
    problem = find_candidates(generate(size, seed)).problem
    start = time.perf_counter()
    outcome = ENGINES[engine](problem, SECONDS[size], seed)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if outcome.plan is None:
        return Row(size, seed, engine, None, outcome.bound, None, "no plan", seconds, peak)
    ruling = judge(problem, outcome.plan.classes_by_run(problem.num_runs), tuple(outcome.plan.unplaced(problem).tolist()))
    verdict = "ok" if not ruling.violations else str(ruling.violations[0])
    return Row(size, seed, engine, ruling.objective, outcome.bound, None, verdict, seconds, peak)


def _gap(row: Row, bound: float | None) -> float | None:
    if row.objective is None or bound is None or row.objective <= 0:
        return None
    return max(0.0, (row.objective - bound) / row.objective)


def said(row: Row) -> str:
    """Return one run as a line."""
    objective = "-" if row.objective is None else f"{row.objective / 100:,.2f}"
    bound = "-" if row.bound is None else f"{row.bound / 100:,.2f}"
    gap = "-" if row.gap is None else f"{row.gap:.2%}"
    return (
        f"{row.size:3} seed {row.seed}  {row.engine:24} {objective:>16} {bound:>16} {gap:>8} {row.seconds:8.1f} s {row.verdict}"
    )


def table(rows: Sequence[Row]) -> str:
    """Return a Markdown table: median over the seeds and, in brackets, least and most."""
    lines = [
        "| size | engine | gap to the best bound | own bound, EUR | objective, EUR | seconds | peak MB | verdict |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for size in dict.fromkeys(row.size for row in rows):
        for engine in dict.fromkeys(row.engine for row in rows):
            group = [row for row in rows if (row.size, row.engine) == (size, engine)]
            bad = sorted({row.verdict for row in group} - {"ok"})
            cells = (
                _spread([row.gap for row in group], "{:.2%}"),
                _spread([None if row.bound is None else row.bound / 100 for row in group], "{:,.0f}"),
                _spread([None if row.objective is None else row.objective / 100 for row in group], "{:,.0f}"),
                _spread([row.seconds for row in group], "{:.1f}"),
                _spread([row.peak_memory_mb for row in group], "{:.0f}"),
                "; ".join(bad) or "ok",
            )
            lines.append(f"| {size} | {engine} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _spread(values: Sequence[float | None], form: str) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    middle = form.format(statistics.median(known))
    return middle if len(known) == 1 else f"{middle} ({form.format(min(known))} to {form.format(max(known))})"

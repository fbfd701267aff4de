"""Measuring side by side: each engine on each generated size and seed, one after the other, each in a process of its own.

The clock covers building the model and solving; candidates are made before it. Plans are judged by `judge.py`, which shares no
code with any engine. Gaps are against the best bound that any engine proved for the same case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cohort_opt.bench.engines import ENGINES, Terms
from cohort_opt.bench.measure import Measured, measure
from cohort_opt.bench.plots import gap_plot
from cohort_opt.bench.tables import markdown, relative_gap, spread, write_csv
from cohort_opt.generate import Size, generate
from cohort_opt.problem.candidates import find_candidates

SECONDS: dict[Size, float] = {"A": 10.0, "B": 10.0, "L": 120.0, "XL": 1800.0}
"""Wall limit of one run by size, seconds: by these limits A, B and L take at most 13 minutes per seed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One run of one engine on one case.

    Parameters
    ----------
    best_bound
        The best bound that any engine proved for the case, in cents; `None` where there is none.
    """

    size: str
    run: Measured
    best_bound: int | None

    @property
    def gap(self) -> float | None:
        """Return the gap to the best bound known."""
        return relative_gap(self.run.objective, self.best_bound)

    @property
    def verdict(self) -> str:
        """Return `proven`, `within`, `no plan`, or what is wrong."""
        if self.run.failure or self.run.violations:
            return self.run.failure or self.run.violations[0]
        if self.run.objective is None:
            return "no plan"
        if self.run.bound is not None and self.run.bound > self.run.objective:
            return "bound above its own plan"
        return "proven" if self.run.is_proven else "within"

    def line(self) -> dict[str, object]:
        """Return the row of the CSV file."""
        return {
            "size": self.size,
            "seed": self.run.seed,
            "engine": self.run.engine,
            "objective_cents": self.run.objective,
            "bound_cents": self.run.bound,
            "best_bound_cents": self.best_bound,
            "gap": "" if self.gap is None else f"{self.gap:.6f}",
            "verdict": self.verdict,
            "seconds": f"{self.run.seconds:.2f}",
            "peak_memory_mb": f"{self.run.peak_memory_mb:.0f}",
        }


def bench_sizes(
    sizes: Sequence[Size],
    seeds: Sequence[int],
    folder: Path,
    tell: Callable[[str], None],
    engines: Sequence[str] = tuple(ENGINES),
    seconds: float | None = None,
) -> list[Line]:
    """Run every engine on every size and seed; write `bench.csv`, `bench.md` and a drawing to the folder after each case.

    Parameters
    ----------
    tell
        Called with one line per run.
    seconds
        Wall limit of one run instead of that of its size.
    """
    lines: list[Line] = []
    for size in sizes:
        for seed in seeds:
            lines += _case(size, seed, engines, Terms(seconds or SECONDS[size], seed))
            case = lines[-len(engines) :]
            for line in case:
                tell(said(line))
            drawing = gap_plot(f"Size {size}, seed {seed}", [line.run for line in case], case[0].best_bound)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"gap-{size}-{seed}.svg").write_text(drawing, encoding="utf-8")
            write_csv(folder / "bench.csv", [line.line() for line in lines])
            (folder / "bench.md").write_text(table(lines), encoding="utf-8")
    return lines


def _case(size: Size, seed: int, engines: Sequence[str], terms: Terms) -> list[Line]:
    problem = find_candidates(generate(size, seed)).problem
    runs = [measure(problem, engine, terms) for engine in engines]
    bounds = [run.bound for run in runs if run.bound is not None]
    return [Line(size, run, max(bounds, default=None)) for run in runs]


def said(line: Line) -> str:
    """Return one run as a line."""
    run = line.run
    objective = "-" if run.objective is None else f"{run.objective / 100:,.2f}"
    bound = "-" if run.bound is None else f"{run.bound / 100:,.2f}"
    gap = "-" if line.gap is None else f"{line.gap:.2%}"
    return (
        f"{line.size:3} seed {run.seed}  {run.engine:24} {objective:>16} {bound:>16} {gap:>8}"
        f" {run.seconds:8.1f} s {run.peak_memory_mb:6.0f} MB  {line.verdict}"
    )


def table(lines: Sequence[Line]) -> str:
    """Return a Markdown table: median over the seeds and, in brackets, least and most."""
    heads = [
        "size", "engine", "gap to the best bound", "objective, EUR", "own bound, EUR", "seconds", "peak MB", "verdict",
    ]  # fmt: skip
    rows = []
    for size in dict.fromkeys(line.size for line in lines):
        for engine in dict.fromkeys(line.run.engine for line in lines):
            group = [line for line in lines if (line.size, line.run.engine) == (size, engine)]
            if not group:
                continue
            rows.append([
                size,
                engine,
                spread([line.gap for line in group], "{:.2%}"),
                spread([_euros(line.run.objective) for line in group], "{:,.0f}"),
                spread([_euros(line.run.bound) for line in group], "{:,.0f}"),
                spread([line.run.seconds for line in group], "{:.1f}"),
                spread([line.run.peak_memory_mb for line in group], "{:.0f}"),
                "; ".join(sorted({line.verdict for line in group})),
            ])  # fmt: skip
    return markdown(heads, rows)


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100

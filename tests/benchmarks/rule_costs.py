"""What each rule costs, as a Markdown table: `python -m tests.benchmarks.rule_costs --out tests/benchmarks/rule-costs.md`.

Protocol: a generated region of size B, one rule switched on beside those that every region has. Variables and constraints are
those of the CP-SAT model; the bound is the one that the fast mode proves within the seconds on two cores; time is until the last
proof or the limit. Each figure is the median over the seeds of the difference to the same region without the rule; the gap is
its median. The last two rows are all rules together, and the same with the limit of the goal (1 % in 30 s). Not part of the
default suite; run it alone on the machine. `--seeds 1 --seconds 4` is a quick look of about four minutes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from cohort_opt.generate import ALL_RULES, generate
from cohort_opt.model.build import build
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.solve import solve

HEADER = "| rule | variables | constraints | bound, euros | gap | seconds |\n|---|---:|---:|---:|---:|---:|"
GOAL_SECONDS = 30.0
"""In which a region with every rule on is to be within 1 % (issue 3)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Size of the model, bound in cents, gap and seconds of one solve; `None` where no plan or no bound came in time."""

    variables: int
    constraints: int
    bound: int | None
    gap: float | None
    seconds: float


def cost_of(seed: int, rules: tuple[str, ...], seconds: float) -> Cost:
    """Return what a region with these rules costs."""
    problem = find_candidates(generate("B", seed, rules)).problem
    proto = build(problem).model.proto
    started = time.perf_counter()
    result = solve(problem, SolveParams(Mode.FAST, workers=2, time_limit_seconds=seconds))
    spent = time.perf_counter() - started
    objective, bound = result.objective, result.bound
    gap = None if objective is None or bound is None else (objective - bound) / max(abs(objective), 1)
    return Cost(len(proto.variables), len(proto.constraints), bound, gap, spent)


def table(seeds: tuple[int, ...], rules: tuple[str, ...], seconds: float) -> Iterator[str]:
    """Yield the rows of the table: no further rule, each rule alone, all of them, all of them with the limit of the goal."""
    plain = {seed: cost_of(seed, (), seconds) for seed in seeds}
    yield HEADER
    yield _row("none (absolute)", list(plain.values()))
    for name in rules:
        yield _row(f"`{name}`", [_added(cost_of(seed, (name,), seconds), plain[seed]) for seed in seeds], "+")
    yield _row("all together", [_added(cost_of(seed, ALL_RULES, seconds), plain[seed]) for seed in seeds], "+")
    final = {seed: cost_of(seed, ALL_RULES, GOAL_SECONDS) for seed in seeds}
    yield _row(f"all together, {GOAL_SECONDS:.0f} s (absolute)", list(final.values()))
    gaps = ", ".join(f"{seed}: {_figure(cost.gap, '.2%')}" for seed, cost in final.items())
    yield f"\nGap with every rule on after {GOAL_SECONDS:.0f} s, by seed: {gaps}."


def _added(cost: Cost, plain: Cost) -> Cost:
    bound = None if cost.bound is None or plain.bound is None else cost.bound - plain.bound
    return Cost(
        cost.variables - plain.variables, cost.constraints - plain.constraints, bound, cost.gap, cost.seconds - plain.seconds
    )


def _row(name: str, costs: list[Cost], sign: str = "") -> str:
    bounds = [cost.bound / 100 for cost in costs if cost.bound is not None]
    gaps = [cost.gap for cost in costs if cost.gap is not None]
    figures = (
        _figure(statistics.median(cost.variables for cost in costs), f"{sign},.0f"),
        _figure(statistics.median(cost.constraints for cost in costs), f"{sign},.0f"),
        _figure(statistics.median(bounds) if len(bounds) == len(costs) else None, f"{sign},.0f"),
        _figure(statistics.median(gaps) if len(gaps) == len(costs) else None, ".2%"),
        _figure(statistics.median(cost.seconds for cost in costs), f"{sign}.1f"),
    )
    return f"| {name} | {' | '.join(figures)} |"


def _figure(value: float | None, form: str) -> str:
    return "none in time" if value is None else format(value, form)


def head(seeds: tuple[int, ...], seconds: float) -> str:
    """Return title, machine, date and protocol."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor")
    load = os.getloadavg()[0]
    return (
        "# What each rule costs\n\n"
        f"Measured on {dt.datetime.now(tz=dt.UTC).date().isoformat()}: {len(os.sched_getaffinity(0))} cores of {processor}, load "
        f"before the start {load:.1f}, ortools {importlib.metadata.version('ortools')}. Generated regions of size B, seeds "
        f"{', '.join(map(str, seeds))}, {seconds:g} s each, fast mode, two workers; medians over the seeds. A rule's figures are "
        "the difference to the same region without it. `python -m tests.benchmarks.rule_costs` writes this file and says how.\n"
    )


def main() -> None:
    """Print the table row by row, and write it."""
    parser = argparse.ArgumentParser(description="What each rule costs on a region of size B, as a Markdown table.")
    parser.add_argument("--seeds", default="1,2,3", help="separated by commas")
    parser.add_argument("--seconds", type=float, default=10.0, help="limit of each solve")
    parser.add_argument("--only", default=",".join(ALL_RULES), help="rules, separated by commas")
    parser.add_argument("--out", type=Path, help="file to write")
    given = parser.parse_args()
    started, text = time.perf_counter(), ""
    seeds = tuple(int(seed) for seed in given.seeds.split(","))
    for row in chain([head(seeds, given.seconds)], table(seeds, tuple(given.only.split(",")), given.seconds)):
        text += row + "\n"
        sys.stdout.write(row + "\n")
        sys.stdout.flush()
    last = f"\nAll of it took {time.perf_counter() - started:.0f} s."
    sys.stdout.write(last + "\n")
    if given.out is not None:
        given.out.write_text(text + last + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

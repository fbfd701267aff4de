"""What each rule costs: `python -m tests.benchmarks.rule_costs [--seeds 1,2,3] [--seconds 10] [--only a,b]` prints a table.

Protocol: a generated region of size B, one rule switched on beside those that every region has. Variables and constraints are
those of the CP-SAT model; the bound is the one that the fast mode proves within the seconds on two cores; time is until the last
proof or the limit. Each figure is the median over the seeds of the difference to the same region without the rule; the gap is
its median. Not part of the default suite; run it alone on the machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from cohort_opt.generate import ALL_RULES, generate
from cohort_opt.model.build import build
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.solve import solve

HEADER = "| rule | variables | constraints | bound, euros | gap | seconds |\n|---|---:|---:|---:|---:|---:|"


@dataclass(frozen=True, slots=True)
class Cost:
    """Size of the model, bound in cents, gap and seconds of one solve."""

    variables: int
    constraints: int
    bound: int
    gap: float
    seconds: float


def cost_of(seed: int, rules: tuple[str, ...], seconds: float) -> Cost:
    """Return what a region with these rules costs."""
    problem = find_candidates(generate("B", seed, rules)).problem
    proto = build(problem).model.proto
    params = SolveParams(Mode.FAST, workers=2, time_limit_seconds=seconds)
    started = time.perf_counter()
    result = solve(problem, params)
    spent = time.perf_counter() - started
    objective, bound = result.objective, result.bound
    if objective is None or bound is None:
        raise SystemExit(f"seed {seed}, {rules}: {result.status.value} within {seconds} s")
    return Cost(len(proto.variables), len(proto.constraints), bound, (objective - bound) / objective, spent)


def table(seeds: tuple[int, ...], rules: tuple[str, ...], seconds: float) -> Iterator[str]:
    """Yield the rows of the table: no further rule, each rule alone, all of them."""
    plain = {seed: cost_of(seed, (), seconds) for seed in seeds}
    yield HEADER
    yield _row("none (absolute)", list(plain.values()))
    for name in rules:
        yield _row(f"`{name}`", [_added(cost_of(seed, (name,), seconds), plain[seed]) for seed in seeds], "+")
    yield _row("all together", [_added(cost_of(seed, ALL_RULES, seconds), plain[seed]) for seed in seeds], "+")


def _added(cost: Cost, plain: Cost) -> Cost:
    return Cost(
        cost.variables - plain.variables, cost.constraints - plain.constraints, cost.bound - plain.bound, cost.gap,
        cost.seconds - plain.seconds,
    )  # fmt: skip


def _row(name: str, costs: list[Cost], sign: str = "") -> str:
    variables, constraints, bound, gap, seconds = (
        statistics.median(getattr(cost, field) for cost in costs)
        for field in ("variables", "constraints", "bound", "gap", "seconds")
    )
    figures = (f"{variables:{sign},.0f}", f"{constraints:{sign},.0f}", f"{bound / 100:{sign},.0f}", f"{gap:.2%}",
               f"{seconds:{sign}.1f}")  # fmt: skip
    return f"| {name} | {' | '.join(figures)} |"


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(description="What each rule costs on a region of size B, as a Markdown table.")
    parser.add_argument("--seeds", default="1,2,3", help="separated by commas")
    parser.add_argument("--seconds", type=float, default=10.0, help="limit of each solve")
    parser.add_argument("--only", default=",".join(ALL_RULES), help="rules, separated by commas")
    given = parser.parse_args()
    for row in table(tuple(int(seed) for seed in given.seeds.split(",")), tuple(given.only.split(",")), given.seconds):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The engines that are measured side by side on one compact problem: ours and its peers, each judged by the same judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver import sat
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine, model_of, run
from cohort_opt.solver.matrix import exact_matrix
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.solve import solve


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine found: a plan and a bound in cents, `None` where it has none."""

    plan: Plan | None
    bound: float | None


def _ours(mode: Mode) -> Callable[[CompactProblem, float, int], Outcome]:
    def solve_it(problem: CompactProblem, seconds: float, seed: int) -> Outcome:
        params = SolveParams(mode=mode, seed=seed, deterministic_limit=seconds, time_limit_seconds=seconds)
        result = solve(problem, params)
        if result.classes is None:
            return Outcome(None, result.bound)
        classes = [(run, members) for run, opened in enumerate(result.classes) for members in opened]
        return Outcome(Plan.of_classes(classes), result.bound)

    return solve_it


def _plain_cp_sat(problem: CompactProblem, seconds: float, seed: int) -> Outcome:
    """Solve the whole model with CP-SAT on two workers, without hints."""
    limits = Limits(SolveParams(mode=Mode.FAST, seed=seed, time_limit_seconds=seconds))
    outcome = sat.run_cp_sat(build(problem), **limits.sat_options())
    return Outcome(outcome.plan, outcome.bound)


def _matrix(engine: Engine) -> Callable[[CompactProblem, float, int], Outcome]:
    def solve_it(problem: CompactProblem, seconds: float, seed: int) -> Outcome:
        matrix = exact_matrix(problem)
        answer = run(model_of(matrix), engine, seconds=seconds, seed=seed)
        plan = None if answer.values is None else matrix.read(problem, answer.values)
        return Outcome(plan, answer.bound)

    return solve_it


def _greedy(problem: CompactProblem, seconds: float, seed: int) -> Outcome:
    """Plan as a person would: the class that gains most first; takes neither a limit nor a seed."""
    return Outcome(greedy_plan(problem), None)


ENGINES: Mapping[str, Callable[[CompactProblem, float, int], Outcome]] = MappingProxyType(
    {
        "cohort-opt": _ours(Mode.FAST),
        "cohort-opt reproducible": _ours(Mode.REPRODUCIBLE),
        "plain CP-SAT": _plain_cp_sat,
        "HiGHS": _matrix(Engine.HIGHS),
        "SCIP": _matrix(Engine.SCIP),
        "greedy": _greedy,
    }
)
"""Name in the table -> (problem, seconds, seed) -> outcome."""

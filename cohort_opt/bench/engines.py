"""The engines that are measured side by side on one compact problem: ours and its peers, each judged by the same judge.

Peers get the same arrays, the same wall limit, a relative gap of 0 and no hint that they did not make themselves. HiGHS threads
are left unset: through MathOpt 9.15 it fails when they are named.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from cohort_opt.bench.judge import Class
from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver import sat
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine, model_of, run, whole_bound
from cohort_opt.solver.matrix import exact_matrix
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.result import Progress
from cohort_opt.solver.solve import solve

WORKERS = 2
"""Threads of every engine that takes a number: 2 cores are the reference machine."""


SAFETY = 1.5
"""Wall clock of the reproducible mode, as a multiple of its deterministic limit; a run that it cuts is not reproducible."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an engine runs.

    Parameters
    ----------
    seconds
        Wall limit; the reproducible mode takes it as its deterministic limit, with `SAFETY` times as much wall clock.
    presolve
        Off in the second half of the soundness gate: presolve has claimed wrong optima (google/or-tools #5293).
    """

    seconds: float
    seed: int = 1
    presolve: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What was known after so many seconds, in cents; `None` where there was nothing."""

    seconds: float
    objective: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine found.

    Parameters
    ----------
    classes, unplaced
        Open classes per run and trainees per group without a seat; `None` where there is no plan.
    bound
        No plan costs less, in cents; `None` where it has proven none.
    trace
        Each better plan or bound on the way, for those engines that tell.
    """

    classes: Sequence[Sequence[Class]] | None
    unplaced: Sequence[int] | None
    bound: int | None
    trace: tuple[Step, ...] = ()


Run: TypeAlias = Callable[[CompactProblem, Terms], Outcome]


def _ours(mode: Mode) -> Run:
    def solve_it(problem: CompactProblem, terms: Terms) -> Outcome:
        wall = terms.seconds if mode is Mode.FAST else SAFETY * terms.seconds
        params = SolveParams(
            mode=mode,
            seed=terms.seed,
            deterministic_limit=terms.seconds,
            time_limit_seconds=wall,
            workers=WORKERS,
            presolve=terms.presolve,
        )
        trace: list[Step] = []

        def tell(progress: Progress) -> None:
            trace.append(Step(progress.seconds, progress.objective, progress.bound))

        result = solve(problem, params, progress=tell)
        return Outcome(result.classes, result.unplaced, result.bound, tuple(trace))

    return solve_it


def _plain_cp_sat(problem: CompactProblem, terms: Terms) -> Outcome:
    """Solve the whole model with CP-SAT, without hints."""
    start = time.perf_counter()
    params = SolveParams(Mode.FAST, terms.seed, time_limit_seconds=terms.seconds, workers=WORKERS, presolve=terms.presolve)
    trace: list[Step] = []

    def found(objective: float, bound: float) -> bool:
        trace.append(Step(time.perf_counter() - start, round(objective), whole_bound(bound)))
        return False

    built = build(problem)
    outcome = sat.run_cp_sat(built, **Limits(params).sat_options(), found=found)
    return _outcome(problem, outcome.plan, outcome.bound, tuple(trace))


def _matrix(engine: Engine) -> Run:
    def solve_it(problem: CompactProblem, terms: Terms) -> Outcome:
        start = time.perf_counter()
        matrix = exact_matrix(problem)
        model = model_of(matrix)
        left = terms.seconds - (time.perf_counter() - start)
        answer = run(model, engine, seconds=left, seed=terms.seed, presolve=terms.presolve)
        plan = None if answer.values is None else matrix.read(problem, answer.values)
        return _outcome(problem, plan, whole_bound(answer.bound))

    return solve_it


def _greedy(problem: CompactProblem, terms: Terms) -> Outcome:
    """Plan as a person would: the class that gains most first; takes neither a limit nor a seed."""
    return _outcome(problem, greedy_plan(problem), None)


def _outcome(problem: CompactProblem, plan: Plan | None, bound: int | None, trace: tuple[Step, ...] = ()) -> Outcome:
    if plan is None:
        return Outcome(None, None, bound, trace)
    return Outcome(plan.classes_by_run(problem.num_runs), tuple(plan.unplaced(problem).tolist()), bound, trace)


ENGINES: Mapping[str, Run] = MappingProxyType(
    {
        "cohort-opt": _ours(Mode.FAST),
        "cohort-opt reproducible": _ours(Mode.REPRODUCIBLE),
        "plain CP-SAT": _plain_cp_sat,
        "HiGHS": _matrix(Engine.HIGHS),
        "SCIP": _matrix(Engine.SCIP),
        "greedy": _greedy,
    }
)
"""Name in the table -> (problem, terms) -> outcome."""
OURS = ("cohort-opt", "cohort-opt reproducible")
"""Engines of this project; all others are peers."""

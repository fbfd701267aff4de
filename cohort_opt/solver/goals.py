"""Ordered goals: each is minimised in turn while those before it are kept; last of all comes the one sum of cents.

A goal is kept by a row `goal <= value reached`. The bound of a goal holds for every plan that keeps the goals before it at the
values that are published with it, so it is valid even where an earlier goal was not proven.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace

from cohort_opt.errors import SolverError
from cohort_opt.model import goals as counted
from cohort_opt.model.build import Built, build
from cohort_opt.model.plan import Plan
from cohort_opt.model.variables import UNBOUNDED
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.problem.goals import CompactGoal
from cohort_opt.solution import SolveStatus
from cohort_opt.solver import sat
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.part_store import PartStore
from cohort_opt.solver.result import CompactResult, GoalResult, PartResult, Progress, ProgressCallback
from cohort_opt.solver.solve import solve


def solve_goals(
    problem: CompactProblem,
    goals: tuple[CompactGoal, ...],
    params: SolveParams,
    *,
    progress: ProgressCallback | None = None,
    hint: Plan | None = None,
    cancelled: Callable[[], bool] | None = None,
    keep_plans: bool = False,
    executor: Executor | None = None,
    parts: PartStore | None = None,
    proven: Mapping[str, PartResult] | None = None,
) -> CompactResult:
    """Return the best plan by the goals in their order; without goals what `solve` returns. `hint` as in `solve`.

    Parameters
    ----------
    progress, cancelled, keep_plans, executor, parts, proven
        As for `solve`; goals look at the whole, so on the way through them there are no parts and progress carries no plans.

    Raises
    ------
    ModelError, SolverError
        As `solve`.
    """
    if not goals or problem.num_groups == 0:
        return solve(
            problem, params, progress=progress, cancelled=cancelled, keep_plans=keep_plans, hint=hint, executor=executor,
            parts=parts, proven=proven,
        )  # fmt: skip
    limits = Limits(params, cancelled=cancelled)
    plan = _first_plan(problem, goals[0], hint)
    reached: list[GoalResult] = []
    for k, goal in enumerate(goals):
        if progress is not None:
            progress(Progress(f"goal {goal.name}", limits.seconds(), None, None))
        found, bound, status = _stage(problem, goals[: k + 1], reached, plan, limits.piece(limits.left() / (len(goals) + 1 - k)))
        if found is None:
            # No plan at all: the ordinary path tells infeasible from late, checks it and names what clashes.
            return solve(problem, params, progress=progress, cancelled=cancelled, hint=hint)
        plan = found
        at = counted.value(goal, problem, plan)
        constant = problem.constant_cents if goal.name == "changes" else 0
        reached.append(GoalResult(goal.name, at, at if status == sat.OPTIMAL else None if bound is None else bound + constant))
    last, bound, status = _stage(problem, goals, reached, plan, limits.piece(limits.left()))
    if last is None:
        raise SolverError("a plan that kept every goal was lost; report this with the instance")
    return _result(problem, last, bound, status, reached, limits)


def _first_plan(problem: CompactProblem, goal: CompactGoal, hint: Plan | None) -> Plan | None:
    """Return the best of the plans that cost no search; the hint where none is better."""
    known = (hint, Plan.nobody(), greedy_plan(problem))
    plans = [plan for plan in known if plan is not None and not plan.faults(problem)]
    return min(plans, key=lambda plan: counted.value(goal, problem, plan), default=None)


def _stage(
    problem: CompactProblem, goals: tuple[CompactGoal, ...], reached: list[GoalResult], plan: Plan | None, limits: Limits
) -> tuple[Plan | None, int | None, str]:
    """Return plan, bound and status of one step: the goal after those reached, or the sum of cents after all of them."""
    cents = len(goals) == len(reached)
    built = build(problem, objective=cents)
    for goal, held in zip(goals, reached, strict=False):
        _keep(built, problem, goal, held)
    if not cents:
        built.model.minimise(*counted.expression(goals[-1], problem, built.variables))
    if plan is not None:
        built.hint(plan)
    outcome = sat.run_cp_sat(built, **limits.sat_options(), gap=limits.params.gap_target if cents else 0.0)
    sat.charge(outcome, limits)
    found = outcome.plan if outcome.plan is not None else plan
    return found, outcome.bound, outcome.status


def _keep(built: Built, problem: CompactProblem, goal: CompactGoal, held: GoalResult) -> None:
    """Keep a goal at the value reached."""
    constant = problem.constant_cents if goal.name == "changes" else 0
    variables, factors = counted.expression(goal, problem, built.variables)
    built.model.add_row(variables, factors, UNBOUNDED, held.value - constant)


def _result(
    problem: CompactProblem, plan: Plan, bound: int | None, status: str, reached: list[GoalResult], limits: Limits
) -> CompactResult:
    objective = plan.value(problem)
    proven = objective if status == sat.OPTIMAL and limits.params.gap_target == 0 else None
    sound = proven if proven is not None else None if bound is None else min(bound + problem.constant_cents, objective)
    done = sound == objective and all(goal.bound == goal.value for goal in reached)
    result = CompactResult(
        SolveStatus.OPTIMAL if done else SolveStatus.FEASIBLE,
        plan.classes_by_run(problem.num_runs),
        tuple(plan.unplaced(problem).tolist()),
        objective,
        sound,
        "none" if sound is None else "cp-sat",
        limits.reproducible,
        seconds=limits.seconds(),
    )
    return replace(result, goals=tuple(reached))

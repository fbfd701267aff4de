"""Ordered goals: each is minimised in turn while those before it are kept; last of all comes the one sum of cents.

A goal is kept by a row `goal <= value reached`. The bound of a goal holds for every plan that keeps the goals before it at the
values that are published with it, so it is valid even where an earlier goal was not proven.

Independent parts are solved one after the other, each through all goals: the best of the whole is the best of every part. Their
bounds add up only where every earlier goal is proven in every part: else a plan could give in one part what it takes in another,
and what is published is the least that any plan has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from cohort_opt.model import goals as counted
from cohort_opt.model.build import Built, build
from cohort_opt.model.plan import Plan
from cohort_opt.model.variables import UNBOUNDED
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.problem.goals import CompactGoal
from cohort_opt.solution import SolveStatus
from cohort_opt.solver import sat
from cohort_opt.solver.ascent import first_prices
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.part_store import PartStore
from cohort_opt.solver.parts import Part, join, narrow, split, widen
from cohort_opt.solver.pricing import Pricer
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
        As for `solve`; on the way through goals parts are solved here and not kept, and progress carries no plans.

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
    pieces = sorted(split(problem), key=lambda part: (part.problem.num_arcs, part.groups.tolist()[:1]))
    found: list[_Reached] = []
    for number, part in enumerate(pieces):
        # Smallest first, by their arcs; what one leaves goes to those after it.
        arcs = [other.problem.num_arcs + 1 for other in pieces[number:]]
        piece = limits.piece(limits.left() * arcs[0] / sum(arcs))
        tell = None if progress is None else _teller(progress, limits)
        reached = _solve_part(part.problem, _of_part(goals, part), piece, None if hint is None else narrow(part, hint), tell)
        if reached is None:
            # No plan at all: the ordinary path tells infeasible from late, checks it and names what clashes.
            return solve(problem, params, progress=progress, cancelled=cancelled, hint=hint)
        found.append(reached)
    return _joined(problem, pieces, found, limits)


@dataclass(frozen=True, slots=True)
class _Reached:
    """What one part has reached: its plan, its goals, and the bound of its sum of cents after them."""

    plan: Plan
    goals: tuple[GoalResult, ...]
    bound: int | None

    def is_proven(self, goals: int) -> bool:
        """Return whether the first so many goals are."""
        return all(goal.bound == goal.value for goal in self.goals[:goals])


def _teller(progress: ProgressCallback, limits: Limits) -> Callable[[str], None]:
    return lambda name: progress(Progress(f"goal {name}", limits.seconds(), None, None))


def _of_part(goals: tuple[CompactGoal, ...], part: Part) -> tuple[CompactGoal, ...]:
    """Return the goals on the runs, arcs and groups of a part."""
    return tuple(
        CompactGoal(goal.name, goal.per_class[part.runs], goal.per_seat[part.arcs], goal.per_waiting[part.groups])
        for goal in goals
    )


def _solve_part(
    problem: CompactProblem,
    goals: tuple[CompactGoal, ...],
    limits: Limits,
    hint: Plan | None,
    tell: Callable[[str], None] | None,
) -> _Reached | None:
    """Return what one part reaches, goal by goal; `None` without any plan."""
    plan = _first_plan(problem, goals[0], hint)
    reached: list[GoalResult] = []
    for k, goal in enumerate(goals):
        if tell is not None:
            tell(goal.name)
        found, bound, status = _stage(problem, goals[: k + 1], reached, plan, limits.piece(limits.left() / (len(goals) + 1 - k)))
        if found is None:
            return None
        plan = found
        at = counted.value(goal, problem, plan)
        reached.append(GoalResult(goal.name, at, at if status == sat.OPTIMAL else bound))
    last, bound, status = _stage(problem, goals, reached, plan, limits.piece(limits.left()))
    if last is None:
        return None
    proven = last.value(problem) if status == sat.OPTIMAL and limits.params.gap_target == 0 else bound
    return _Reached(last, tuple(reached), proven)


def _joined(problem: CompactProblem, parts: list[Part], found: list[_Reached], limits: Limits) -> CompactResult:
    """Return the answer of the whole; what no plan can avoid is counted here."""
    plan = join([widen(part, reached.plan) for part, reached in zip(parts, found, strict=True)])
    goals = []
    for k, goal in enumerate(found[0].goals):
        constant = problem.constant_cents if goal.name == "changes" else 0
        value = sum(reached.goals[k].value for reached in found) + constant
        bounds = [reached.goals[k].bound for reached in found]
        # No plan counts less than nothing of any goal.
        bound = _sum(bounds) if len(found) == 1 or all(reached.is_proven(k) for reached in found) else 0
        goals.append(GoalResult(goal.name, value, None if bound is None else bound + constant))
    objective = plan.value(problem)
    every = len(found) == 1 or all(reached.is_proven(len(goals)) for reached in found)
    bound = _sum([reached.bound for reached in found]) if every else _any_plan(problem, plan)
    sound = None if bound is None else min(bound + problem.constant_cents, objective)
    done = sound == objective and all(goal.bound == goal.value for goal in goals)
    result = CompactResult(
        SolveStatus.OPTIMAL if done else SolveStatus.FEASIBLE,
        plan.classes_by_run(problem.num_runs),
        tuple(plan.unplaced(problem).tolist()),
        objective,
        sound,
        "none" if sound is None else "prices" if not every else "cp-sat" if len(found) == 1 else "parts",
        limits.reproducible,
        seconds=limits.seconds(),
    )
    return replace(result, goals=tuple(goals))


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _any_plan(problem: CompactProblem, plan: Plan) -> int:
    """Return the least that any plan costs, whatever it reaches, by prices that one plan suggests."""
    pricer = Pricer(problem)
    return pricer.price(first_prices(pricer, plan)).bound


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
    variables, factors = counted.expression(goal, problem, built.variables)
    built.model.add_row(variables, factors, UNBOUNDED, held.value)

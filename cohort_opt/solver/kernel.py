"""A kernel: only the runs that the prices call promising, solved as a mixed-integer problem, then seated under all rules.

Restricting the search to the runs of the linear relaxation and widening it by reduced cost is kernel search (Angelelli, Mansini
& Speranza 2010, 10.1016/j.cor.2010.02.001). Here the first step lets trainees flow and asks only classes to be whole; the second
keeps its classes and lets CP-SAT seat everybody under all rules, which takes a tenth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver import mathopt, sat
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import exact_matrix, relaxed_matrix
from cohort_opt.solver.parts import restrict, widen

MOSTLY_INSIDE = 0.3
"""Share of arcs with a rule that looks inside a class from which the first step already knows those rules."""


@dataclass(frozen=True, slots=True)
class KernelTask:
    """A piece of work: a plain problem and its limits.

    Parameters
    ----------
    problem
        The free piece, restricted to its kernel.
    seconds
        Wall limit of the first step.
    nodes
        Node limit that makes the first step reproducible; `None` in fast mode.
    work
        Deterministic limit of the second step.
    start
        The plan to beat.
    """

    problem: CompactProblem
    seconds: float
    nodes: int | None
    work: float
    seed: int
    start: Plan | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of a task: its best plan that keeps every rule (`None`: there is none), and the deterministic seconds spent."""

    plan: Plan | None
    work: float


def solve_kernel(task: KernelTask) -> Solved:
    """Solve a block in its kernel within the limits."""
    problem = task.problem
    if not problem.num_arcs:
        return Solved(None, 0.0)
    found = _exact(task) if _share_inside(problem) > MOSTLY_INSIDE else _flow_then_seat(task)
    plans = [plan for plan in (found.plan, greedy_plan(problem)) if plan is not None and not plan.faults(problem)]
    return Solved(min(plans, key=lambda plan: plan.value(problem), default=None), found.work)


def solve_piece(task: KernelTask) -> Solved:
    """Solve a small piece within the limits."""
    problem = task.problem
    if not problem.num_arcs:
        return Solved(None, 0.0)
    found = _constrained(task) if problem.beyond_matrix() else _exact(task)
    return found if found.plan is None or not found.plan.faults(problem) else Solved(None, found.work)


def _constrained(task: KernelTask) -> Solved:
    """Solve a piece by the constraint model, which knows every rule."""
    built = build(task.problem)
    if task.start is not None:
        built.hint(task.start)
    work = None if task.nodes is None else task.work
    outcome = sat.run_cp_sat(built, wall_seconds=task.seconds, deterministic=work, workers=1, seed=task.seed, gap=0.0005)
    return Solved(outcome.plan, outcome.work)


def _flow_then_seat(task: KernelTask) -> Solved:
    """Choose classes while trainees flow, then seat everybody under all rules."""
    model = mathopt.model_of(relaxed_matrix(task.problem))
    answer = mathopt.run(model, Engine.HIGHS, seconds=task.seconds, nodes=task.nodes, gap=0.0005)
    if answer.values is None:
        return Solved(None, answer.work)
    seated = _seat(task, np.rint(answer.values[: task.problem.num_runs]).astype(np.int64))
    return Solved(seated.plan, answer.work + seated.work)


def _share_inside(problem: CompactProblem) -> float:
    """Return the share of arcs with a rule that looks inside a class."""
    asked = (problem.group_min_part[problem.arc_group] > 1) | (problem.arc_group_cents > 0)
    return float(asked.mean())


def _exact(task: KernelTask) -> Solved:
    """Solve the kernel in its exact form."""
    matrix = exact_matrix(task.problem)
    hint = None if task.start is None else matrix.start(task.problem, task.start)
    answer = mathopt.run(mathopt.model_of(matrix), Engine.HIGHS, seconds=task.seconds, nodes=task.nodes, hint=hint, gap=0.0005)
    plan = None if answer.values is None else matrix.read(task.problem, answer.values)
    return Solved(plan, answer.work)


def _seat(task: KernelTask, classes: Ints) -> Solved:
    """Return the best seating under all rules in at most these classes per run."""
    problem = task.problem
    cap = np.minimum(problem.run_cap, classes)
    part = restrict(replace(problem, run_cap=cap), np.arange(problem.num_groups), np.flatnonzero(cap > 0))
    built = build(part.problem)
    outcome = sat.run_cp_sat(
        built, wall_seconds=max(task.seconds, 1.0), deterministic=task.work, workers=1, seed=task.seed, gap=0.0005
    )
    return Solved(None if outcome.plan is None else widen(part, outcome.plan), outcome.work)

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
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver import mathopt, sat
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import exact_matrix, relaxed_matrix
from cohort_opt.solver.parts import restrict, widen

MOSTLY_INSIDE = 0.3
"""Share of arcs with a rule that looks inside a class from which the first step already knows those rules."""
SPARE_CLASSES = 1
"""Classes of a run that the second step may open beyond those of the first."""


@dataclass(frozen=True, slots=True)
class KernelTask:
    """A piece of work that any process can do: a plain problem and its limits.

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


def solve_kernel(task: KernelTask) -> Plan | None:
    """Return a plan of the piece that keeps every rule, `None` where none was found within the limits."""
    problem = task.problem
    if not problem.num_arcs:
        return None
    asked = _share_inside(problem)
    if asked > MOSTLY_INSIDE:
        return _exact(task)
    matrix = relaxed_matrix(problem)
    model = mathopt.model_of(matrix)
    answer = mathopt.run(model, Engine.HIGHS, seconds=task.seconds, nodes=task.nodes, gap=0.0005)
    if answer.values is None:
        return None
    classes = np.rint(answer.values[: problem.num_runs]).astype(np.int64)
    return _seat(task, classes)


def _share_inside(problem: CompactProblem) -> float:
    """Return the share of arcs with a rule that looks inside a class."""
    asked = (problem.group_min_part[problem.arc_group] > 1) | (problem.arc_group_cents > 0)
    return float(asked.mean())


def _exact(task: KernelTask) -> Plan | None:
    """Solve the kernel in its exact form."""
    matrix = exact_matrix(task.problem)
    hint = None if task.start is None else matrix.start(task.problem, task.start)
    answer = mathopt.run(mathopt.model_of(matrix), Engine.HIGHS, seconds=task.seconds, nodes=task.nodes, hint=hint, gap=0.0005)
    if answer.values is None:
        return None
    plan = matrix.read(task.problem, answer.values)
    return None if plan.faults(task.problem) else plan


def _seat(task: KernelTask, classes: np.typing.NDArray[np.int64]) -> Plan | None:
    """Return the best seating under all rules in at most these classes per run and a spare one."""
    problem = task.problem
    cap = np.where(classes > 0, np.minimum(problem.run_cap, classes + SPARE_CLASSES), 0)
    part = restrict(replace(problem, run_cap=cap), np.arange(problem.num_groups), np.flatnonzero(cap > 0))
    built = build(part.problem)
    outcome = sat.run_cp_sat(
        built, wall_seconds=max(task.seconds, 1.0), deterministic=task.work, workers=1, seed=task.seed, gap=0.0005
    )
    if outcome.plan is None:
        return None
    plan = widen(part, outcome.plan)
    return None if plan.faults(problem) else plan

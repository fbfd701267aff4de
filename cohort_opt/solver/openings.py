"""Choose what opens while trainees flow, then seat whole groups in it; cut that choice off, and choose again.

The flow relaxation asks only classes to be whole. Its choice is solved exactly under all rules; then a row says that some other
run must open, and the next choice bounds all plans that are left. The bound of the whole is the least of the last choice and of
all that was cut off (cut and solve: Climer & Zhang 2006, 10.1016/j.artint.2006.02.005; Yang, Chu & Chen 2012,
10.1016/j.ejor.2012.03.031).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver import mathopt
from cohort_opt.solver.engine_child import EngineChild, EngineTask, deadline
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine, EngineAnswer
from cohort_opt.solver.matrix import Matrix, relaxed_matrix
from cohort_opt.solver.parts import narrow, restrict, widen
from cohort_opt.solver.race import race

WORTH_IT = 1_500
"""Arcs from which the choice comes first; below it engines prove the whole at once (15 classes x 30 groups, 10 x 50: 2026-11)."""
CHOICE_SHARE, SEATING_SHARE = 0.4, 0.6
"""Shares of what is left of the limits for one choice and for seating in it."""


def worth_choosing(problem: CompactProblem) -> bool:
    """Return whether groups sit whole and the whole is too much for one engine."""
    return problem.num_arcs >= WORTH_IT and bool((problem.group_min_part >= problem.group_count).all())


def choose_and_seat(incumbent: Incumbent, limits: Limits) -> None:
    """Improve plan and bound of a problem until proven or out of limits; wall clock only."""
    problem = incumbent.problem
    matrix = relaxed_matrix(problem)
    cut_off: list[int] = []
    while limits.left() > 1.0 and not incumbent.is_proven:
        answer = _choice(matrix, limits)
        if answer is None or (answer.bound is None and answer.status != "infeasible"):
            return
        outside = mathopt.whole_bound(answer.bound)
        known = [bound for bound in (outside, *cut_off) if bound is not None]
        if known:
            incumbent.raise_bound(min(known), "choices")
        if answer.values is None or outside is None or _is_beaten(incumbent, outside):
            return
        opened = np.flatnonzero(np.rint(answer.values[: problem.num_runs]))
        cut_off.append(_seat(incumbent, limits, opened, outside))
        matrix = _without(matrix, np.setdiff1d(np.arange(problem.num_runs), opened))


def _is_beaten(incumbent: Incumbent, outside: int) -> bool:
    """Return whether nothing outside the choices so far can be better than the plan."""
    return incumbent.objective is not None and outside >= incumbent.objective


def _choice(matrix: Matrix, limits: Limits) -> EngineAnswer | None:
    params = limits.params
    until = deadline(max(1.0, limits.left() * CHOICE_SHARE))
    return EngineChild(EngineTask(matrix, Engine.HIGHS.name, until, params.gap_target, params.presolve)).answer()


def _seat(incumbent: Incumbent, limits: Limits, runs: Ints, outside: int) -> int:
    """Seat everybody in these runs; returns a bound of all plans that open no other run."""
    problem = incumbent.problem
    part = restrict(problem, np.arange(problem.num_groups), runs)
    inner = Incumbent(part.problem)
    if incumbent.plan is not None:
        start = narrow(part, incumbent.plan)
        if not start.faults(part.problem):
            inner.offer(start, "start")
    inner.raise_bound(outside, "choices")
    race(inner, limits.piece(limits.left() * SEATING_SHARE))
    if inner.plan is not None:
        incumbent.offer(widen(part, inner.plan), "seating")
    bound = inner.best_bound()[0]
    return outside if bound is None else bound


def _without(matrix: Matrix, others: Ints) -> Matrix:
    """Return the relaxation of all plans that open one of the other runs."""
    number = len(matrix.row_lower)
    return replace(
        matrix,
        row=np.append(matrix.row, np.full(len(others), number)),
        column=np.append(matrix.column, others),
        coefficient=np.append(matrix.coefficient, np.ones(len(others))),
        row_lower=np.append(matrix.row_lower, 1.0),
        row_upper=np.append(matrix.row_upper, np.inf),
    )

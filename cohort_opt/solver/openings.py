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
CHOICE_SHARE, SEATING_SHARE = 0.5, 0.3
"""Shares of what is left of the limits for one choice and for a first try of seating in it: the next choice lifts the bound more
than the last steps of a seating (200 groups, 60 s: gaps of 0.07 and 0.03 %, with 0.4 and 0.6 of 0.16 and 0.19 %; 2026-11)."""


def worth_choosing(problem: CompactProblem) -> bool:
    """Return whether groups sit whole and the whole is too much for one engine."""
    return problem.num_arcs >= WORTH_IT and bool((problem.group_min_part >= problem.group_count).all())


def choose_and_seat(incumbent: Incumbent, limits: Limits) -> None:
    """Improve plan and bound of a problem until proven or out of limits; wall clock only."""
    problem = incumbent.problem
    matrix = relaxed_matrix(problem)
    cut_off: list[tuple[int, Ints]] = []
    while limits.left() > 1.0 and not incumbent.is_proven:
        answer = _choice(matrix, limits)
        if answer is None or (answer.bound is None and answer.status != "infeasible"):
            return
        outside = mathopt.whole_bound(answer.bound)
        known = [bound for bound in (outside, *(bound for bound, _ in cut_off)) if bound is not None]
        if known:
            incumbent.raise_bound(min(known), "choices")
        if outside is None or _is_beaten(incumbent, outside):
            _seat_again(incumbent, limits, cut_off)
            return
        if answer.values is None:
            return
        opened = np.flatnonzero(np.rint(answer.values[: problem.num_runs]))
        cut_off.append((_seat(incumbent, limits.piece(limits.left() * SEATING_SHARE), opened, outside), opened))
        matrix = _without(matrix, np.setdiff1d(np.arange(problem.num_runs), opened))


def _seat_again(incumbent: Incumbent, limits: Limits, cut_off: list[tuple[int, Ints]]) -> None:
    """Finish the seatings that were left open, weakest bound first: no other choice can be better than the plan."""
    for k in sorted(range(len(cut_off)), key=lambda k: cut_off[k][0]):
        if limits.left() <= 1.0 or incumbent.is_proven:
            return
        bound, opened = cut_off[k]
        cut_off[k] = (max(bound, _seat(incumbent, limits, opened, bound)), opened)
        incumbent.raise_bound(min(known for known, _ in cut_off), "choices")


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
    race(inner, limits)
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

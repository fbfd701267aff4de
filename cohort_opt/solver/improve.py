"""Improve a plan piece by piece until the limits: reopen where it costs most above its prices, solve the piece under all rules.

Large-neighbourhood search (Shaw 1998, 10.1007/3-540-49481-2_30), with the prices of the relaxation as its guide: a piece that
was tried in vain comes back later, larger and with more time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver.desk import Desk
from cohort_opt.solver.kernel import KernelTask, solve_piece
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.neighbourhoods import reopen
from cohort_opt.solver.surroundings import CLASSES, RUNS, Surroundings

SECONDS, NODES, WORK = 2.0, 200, 2.0
"""Limits of a first try: wall seconds of a piece, or nodes and the deterministic seconds that they are charged with."""
PATIENCE = 1.5
"""A piece tried t times in vain counts (1 + t) ** -PATIENCE of its excess."""


@dataclass(frozen=True, slots=True)
class _Seed:
    """Where to reopen: a class of the plan or a group that waits, and how often that was tried."""

    plan: Plan
    block: int
    number: int
    is_class: bool
    tries: int


class Improver:
    """Improves one plan with several workers; no two of them work in the same block."""

    def __init__(self, problem: CompactProblem, surroundings: Surroundings, block_of_group: Ints, limits: Limits) -> None:
        self._problem, self._surroundings, self._limits = problem, surroundings, limits
        self._block_of_group = block_of_group
        self._busy = np.zeros(int(block_of_group.max(initial=0)) + 1, dtype=np.bool_)
        self._run_tries = np.zeros(problem.num_runs, dtype=np.int64)
        self._group_tries = np.zeros(problem.num_groups, dtype=np.int64)
        self._lock = threading.Lock()

    def run(self, plan: Plan, offer: Callable[[Plan], bool], is_enough: Callable[[], bool]) -> None:
        """Improve a plan until the limits, offering each better one."""
        desk = Desk(self._problem, plan)
        with ThreadPoolExecutor(self._limits.workers) as pool:
            jobs = [pool.submit(self._work, desk, offer, is_enough) for _ in range(self._limits.workers)]
            for job in jobs:
                job.result()

    def _work(self, desk: Desk, offer: Callable[[Plan], bool], is_enough: Callable[[], bool]) -> None:
        while self._limits.left() > 0.05 and not is_enough():
            seed = self._next(desk)
            if seed is None:
                return
            try:
                if self._try(desk, seed):
                    offer(desk.snapshot())
            finally:
                with self._lock:
                    self._busy[seed.block] = False

    def _next(self, desk: Desk) -> _Seed | None:
        """Return the seed with the highest excess per try in a block that nobody works on, and take its block."""
        with self._lock:
            plan = desk.snapshot()
            block = self._block_of_group[_first_members(plan)]
            classes = self._surroundings.excess(plan) / (1.0 + self._run_tries[plan.class_run]) ** PATIENCE
            groups = self._surroundings.waiting(plan) / (1.0 + self._group_tries) ** PATIENCE
            classes[self._busy[block]] = -np.inf
            groups[self._busy[self._block_of_group] | (groups <= 0)] = -np.inf
            best_class, best_group = _best(classes), _best(groups)
            if max(best_class[0], best_group[0]) == -np.inf:
                return None
            if best_class[0] >= best_group[0]:
                number, run = best_class[1], plan.class_run[best_class[1]]
                seed = _Seed(plan, int(block[number]), number, is_class=True, tries=int(self._run_tries[run]))
                self._run_tries[run] += 1
            else:
                number = best_group[1]
                seed = _Seed(
                    plan, int(self._block_of_group[number]), number, is_class=False, tries=int(self._group_tries[number])
                )
                self._group_tries[number] += 1
            self._busy[seed.block] = True
            return seed

    def _try(self, desk: Desk, seed: _Seed) -> bool:
        """Reopen the piece around a seed and solve it; returns whether the plan is better."""
        size, runs = CLASSES + seed.tries, RUNS + 10 * seed.tries
        around = self._surroundings.around_class if seed.is_class else self._surroundings.around_group
        chosen = around(seed.plan, seed.number, size, runs=runs)
        if not len(chosen.groups) or not len(chosen.runs):
            return False
        piece = reopen(self._problem, seed.plan, chosen.dissolved, chosen.groups, chosen.runs)
        scale = 1.0 + 0.5 * seed.tries
        limits = self._limits
        if limits.is_fast:
            task = KernelTask(
                piece.part.problem, min(SECONDS * scale, limits.wall_left()), None, WORK, limits.params.seed, piece.start
            )
        else:
            task = KernelTask(
                piece.part.problem, limits.wall_left(), int(NODES * scale), WORK * scale, limits.params.seed, piece.start
            )
            limits.spend(WORK * scale)
        found = solve_piece(task)
        if found is None or found.value(piece.part.problem) >= piece.start.value(piece.part.problem):
            return False
        whole = Plan(
            piece.part.runs[found.class_run], found.member_class, piece.part.groups[found.member_group], found.member_count
        )
        if not desk.replace(self._block_of_group == seed.block, seed.plan, chosen.dissolved, whole):
            return False
        with self._lock:
            self._run_tries[whole.class_run] = 0
        return True


def _first_members(plan: Plan) -> Ints:
    """Return a group of each class, shape (C,)."""
    return plan.member_group[np.searchsorted(plan.member_class, np.arange(plan.num_classes))]


def _best(scores: np.ndarray) -> tuple[float, int]:
    """Return the highest score and its place; nothing scores minus infinity."""
    if not len(scores):
        return -np.inf, -1
    place = int(np.argmax(scores))
    return float(scores[place]), place

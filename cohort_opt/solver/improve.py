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
from cohort_opt.solver.parts import widen
from cohort_opt.solver.surroundings import CLASSES, RUNS, Heart, Piece, Surroundings

SECONDS, NODES, WORK = 2.0, 200, 0.6
"""Limits of a first try: wall seconds of a piece, or nodes of the matrix engine and deterministic seconds of the other."""
CHOICE_WORK = 0.02
"""Deterministic seconds to choose a piece and to pose it (measured 2026-11: 10 to 30 ms in a region of 2,000 companies)."""
RIVALS = 5
"""How many rivals for the same rooms are tried one after the other."""
PATIENCE = 1.5
"""A piece tried t times in vain counts (1 + t) ** -PATIENCE of its excess."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What to reopen: the plan as it was, the piece, the blocks that nobody else works in meanwhile, and its tries so far."""

    plan: Plan
    piece: Piece
    blocks: tuple[int, ...]
    tries: int


class Improver:
    """Improves one plan with several workers; no two of them work in the same block."""

    def __init__(
        self,
        problem: CompactProblem,
        surroundings: Surroundings,
        block_of_group: Ints,
        limits: Limits,
        workers: int | None = None,
        classes: int = CLASSES,
        runs: int = RUNS,
    ) -> None:
        self._problem, self._surroundings, self._limits = problem, surroundings, limits
        self._block_of_group, self._classes, self._runs = block_of_group, classes, runs
        self._workers = limits.workers if workers is None else workers
        self._busy = np.zeros(int(block_of_group.max(initial=0)) + 1, dtype=np.bool_)
        self._run_tries = np.zeros(problem.num_runs, dtype=np.int64)
        self._group_tries = np.zeros(problem.num_groups, dtype=np.int64)
        self._lock = threading.Lock()

    def run(self, plan: Plan, offer: Callable[[Plan], bool], is_enough: Callable[[], bool]) -> None:
        """Improve a plan until the limits, offering each better one."""
        desk = Desk(self._problem, plan)
        with ThreadPoolExecutor(self._workers) as pool:
            jobs = [pool.submit(self._work, desk, offer, is_enough) for _ in range(self._workers)]
            for job in jobs:
                job.result()

    def _work(self, desk: Desk, offer: Callable[[Plan], bool], is_enough: Callable[[], bool]) -> None:
        while self._limits.left() > 0.05 and not is_enough():
            task = self._next(desk)
            if task is None:
                return
            try:
                if self._try(desk, task):
                    offer(desk.snapshot())
            finally:
                with self._lock:
                    self._busy[list(task.blocks)] = False

    def _next(self, desk: Desk) -> _Task | None:
        """Return the piece with the highest excess per try whose blocks nobody works on, and take its blocks."""
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
            heart = Heart(*((best_class[1], True) if best_class[0] >= best_group[0] else (best_group[1], False)))
            own = int(block[heart.number] if heart.is_class else self._block_of_group[heart.number])
            counts, place = (
                (self._run_tries, plan.class_run[heart.number]) if heart.is_class else (self._group_tries, heart.number)
            )
            tries = int(counts[place])
            counts[place] += 1
            size, runs = self._classes + tries, self._runs + 5 * tries
            piece = self._surroundings.around(plan, [heart], size, runs=runs)
            blocks = {own}
            rival = self._rival(plan, piece, heart, block, own, tries - 1) if tries else None
            if rival is not None:
                piece = self._surroundings.around(plan, [heart, Heart(rival, True)], size, runs=runs)
                blocks.add(int(block[rival]))
            self._busy[list(blocks)] = True
            return _Task(plan, piece, tuple(sorted(blocks)), tries)

    def _rival(self, plan: Plan, piece: Piece, heart: Heart, block: Ints, own: int, tries: int) -> int | None:
        """Return a class of another block that takes the rooms which the piece wants; another one at each try."""
        weight = self._surroundings.rivals(plan, piece, [heart])
        weight[self._busy[block] | (block == own)] = 0
        wanted = np.argsort(-weight, kind="stable")[: np.count_nonzero(weight)]
        return int(wanted[tries % min(len(wanted), RIVALS)]) if len(wanted) else None

    def _try(self, desk: Desk, task: _Task) -> bool:
        """Reopen a piece and solve it; returns whether the plan is better."""
        chosen, limits = task.piece, self._limits
        limits.spend(CHOICE_WORK)
        if not len(chosen.groups) or not len(chosen.runs):
            return False
        piece = reopen(self._problem, task.plan, chosen.dissolved, chosen.groups, chosen.runs)
        scale = 1.0 + 0.5 * task.tries
        seconds = min(SECONDS * scale, limits.wall_left()) if limits.is_fast else limits.wall_left()
        nodes = None if limits.is_fast else int(NODES * scale)
        solved = solve_piece(KernelTask(piece.part.problem, seconds, nodes, WORK * scale, limits.params.seed, piece.start))
        limits.spend(solved.work)
        found = solved.plan
        if found is None or found.value(piece.part.problem) >= piece.start.value(piece.part.problem):
            return False
        whole = widen(piece.part, found)
        own = np.isin(self._block_of_group, task.blocks)
        if not desk.replace(own, task.plan, chosen.dissolved, whole):
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

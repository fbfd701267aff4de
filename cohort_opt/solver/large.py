"""Problems too large for one engine: shared rows become prices, blocks are bounded apart, and pieces of the plan are reopened."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.solver.areas import area_bound
from cohort_opt.solver.ascent import ascend, first_prices
from cohort_opt.solver.blocks import blocks, number_of_groups, priced_rows
from cohort_opt.solver.columns import ColumnBound, column_bound
from cohort_opt.solver.desk import Desk
from cohort_opt.solver.improve import Improver
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.kernel import KernelTask, solve_kernel
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.neighbourhoods import Reopened, reopen
from cohort_opt.solver.parts import Part, narrow
from cohort_opt.solver.pricing import Pricer, Prices
from cohort_opt.solver.surroundings import Surroundings

ASCENT_STEPS = 300
ASCENT_SHARE, BOUND_SHARE, AREA_SHARE, FIRST_PASS_SHARE = 0.12, 0.25, 0.25, 0.15
"""Shares of what is left of the budget for prices, the relaxations of blocks, the trees of their areas, and a first plan."""
WORK_PER_ARC_STEP = 1.2e-7
"""Deterministic seconds for one arc in one pricing step (measured 2026-11: 155,000 arcs in 19 ms)."""
ATTEMPTS = 3
"""How often a block is solved anew when another block took its rooms meanwhile."""
KERNEL_NODES = 400
"""Nodes of one kernel in reproducible mode."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its part of the priced problem, its bound, and how it has fared.

    Parameters
    ----------
    promising
        Runs (of the whole) that the linear relaxation uses, and value at best prices of every run of the block.
    price
        Prices of its groups at the bound.
    """

    part: Part
    bound: int
    used: Ints
    value: Ints
    price: Ints

    def kernel(self, widen_by: float) -> Ints:
        """Return the runs of the kernel, in indices of the whole: those used, and the next best by reduced cost."""
        most = int(len(self.used) * widen_by)
        rest = np.argsort(self.value, kind="stable")[: len(self.used) + most]
        return np.unique(np.concatenate((self.used, self.part.runs[rest]))) if most else self.used


class LargeSearch:
    """The search for one large part."""

    def __init__(self, incumbent: Incumbent, limits: Limits) -> None:
        self._incumbent, self._limits = incumbent, limits
        self._problem = incumbent.problem
        self._blocks: list[Block] = []

    def run(self) -> None:
        """Bound, plan and improve until the limits."""
        prices, pricer = self._prices()
        self._bound_areas(*self._bound_blocks(pricer, prices))
        self._first_pass(pricer, prices)
        self._improve(pricer, prices)

    def bound(self) -> None:
        """Raise the bound only."""
        prices, pricer = self._prices()
        self._bound_areas(*self._bound_blocks(pricer, prices))

    def _prices(self) -> tuple[Prices, Pricer]:
        """Return good prices for every row, found by ascent."""
        pricer, limits, incumbent = Pricer(self._problem), self._limits.piece(self._limits.left() * ASCENT_SHARE), self._incumbent
        plan = incumbent.plan or Plan.nobody()
        target = incumbent.objective if incumbent.objective is not None else plan.value(self._problem)
        work = WORK_PER_ARC_STEP * self._problem.num_arcs

        def stop() -> bool:
            limits.spend(0.0 if limits.is_fast else work)
            return limits.left() <= 0

        bound, prices = ascend(pricer, first_prices(pricer, plan), target, steps=ASCENT_STEPS, stop=stop)
        incumbent.raise_bound(bound, "prices")
        return prices, pricer

    def _bound_blocks(self, pricer: Pricer, prices: Prices) -> tuple[int, int]:
        """Bound every block by columns at these row prices; returns what the rows add to the sum of the blocks, and that sum."""
        priced, constant = priced_rows(pricer, prices)
        limits = self._limits.piece(self._limits.left() * BOUND_SHARE)
        parts = blocks(priced)
        start = self._incumbent.plan or Plan.nobody()
        found = self._each(lambda part: _bound_block(part, prices, start, limits), list(parts))
        self._blocks = [block for block in found if block.part.problem.num_arcs]
        total = sum(block.bound for block in found)
        self._incumbent.raise_bound(constant + total, "columns")
        return constant, total

    def _bound_areas(self, constant: int, bounds: int) -> None:
        """Lift the bounds of the blocks by trees over their areas, largest block first.

        One after the other: their steps are so small that two threads would only wait for each other.
        """
        limits, lifted = self._limits.piece(self._limits.left() * AREA_SHARE), constant + bounds
        for block in self._blocks:
            if limits.left() <= 0:
                break
            lifted += _area_gain(block, limits)
            self._incumbent.raise_bound(lifted, "areas")

    def _each(self, work: Callable[[Part], Block], items: list[Part]) -> list[Block]:
        """Return the answers in the order of the items, whoever was done first."""
        with ThreadPoolExecutor(self._limits.workers) as pool:
            return list(pool.map(work, items))

    def _first_pass(self, pricer: Pricer, prices: Prices) -> None:
        """Plan block by block from nothing: row prices keep room for the blocks to come."""
        priced, _ = priced_rows(pricer, prices)
        guided = replace(priced, capacity=self._problem.capacity, absence=self._problem.absence)
        # A block twice as large needs more time, but not twice as much.
        shares: dict[int, float] = {int(block.part.groups[0]): math.sqrt(block.part.problem.num_arcs) for block in self._blocks}
        limits = self._limits.piece(self._limits.left() * FIRST_PASS_SHARE)
        whole = limits.left()
        desk = Desk(guided, Plan.nobody())

        def seconds(block: Block) -> float:
            return max(0.3, 0.6 * whole * limits.workers * shares[int(block.part.groups[0])] / max(sum(shares.values()), 1e-9))

        with ThreadPoolExecutor(limits.workers) as pool:
            jobs = [pool.submit(_plan_block, desk, block, self._limits, seconds(block), 0.0) for block in self._blocks]
            for job in as_completed(jobs) if limits.is_fast else jobs:
                job.result()
        plan = desk.snapshot()
        if not plan.faults(self._problem):
            self._incumbent.offer(plan, "kernel")

    def _improve(self, pricer: Pricer, prices: Prices) -> None:
        """Reopen pieces of the plan until the limits."""
        incumbent, limits, problem = self._incumbent, self._limits, self._problem
        if incumbent.plan is None or not self._blocks:
            return
        group = prices.group.copy()
        for block in self._blocks:
            group[block.part.groups] = block.price
        block_of_group = number_of_groups(problem, [block.part for block in self._blocks])
        best = Prices(group, prices.capacity, prices.absence)
        around = Surroundings(problem, best, *pricer.tolls(prices))
        improver = Improver(problem, around, block_of_group, limits)
        target = limits.params.gap_target
        improver.run(incumbent.plan, lambda plan: incumbent.offer(plan, "pieces"), lambda: incumbent.gap() <= target)


def _plan_block(desk: Desk, block: Block, limits: Limits, seconds: float, widen_by: float) -> bool:
    """Reopen one block of the plan on the desk, solve its kernel, and put the answer back; again if another took its rooms."""
    for _ in range(ATTEMPTS):
        if limits.left() <= 0:
            return False
        plan = desk.snapshot()
        dissolved = _classes_of(plan, block.part.groups)
        runs = np.unique(np.concatenate((block.kernel(widen_by), plan.class_run[dissolved])))
        piece = reopen(desk.problem, plan, dissolved, block.part.groups, runs)
        nodes = None if limits.is_fast else KERNEL_NODES
        allowed = min(seconds, limits.wall_left()) if limits.is_fast else limits.wall_left()
        if not limits.is_fast:
            limits.spend(seconds)
        found = solve_kernel(KernelTask(piece.part.problem, allowed, nodes, 5.0, limits.params.seed, piece.start))
        if found is None:
            return False
        own = np.zeros(desk.problem.num_groups, dtype=np.bool_)
        own[block.part.groups] = True
        if desk.replace(own, plan, dissolved, _whole(piece, found)):
            return True
        if desk.snapshot() is plan:
            return False  # Nobody else was at the desk: the answer is no better.
    return False


def _whole(piece: Reopened, plan: Plan) -> Plan:
    """Return the new classes of a piece in the indices of the whole."""
    return Plan(piece.part.runs[plan.class_run], plan.member_class, piece.part.groups[plan.member_group], plan.member_count)


def _classes_of(plan: Plan, groups: Ints) -> Bools:
    """Return which classes hold any of these groups, shape (C,)."""
    found = np.zeros(plan.num_classes, dtype=np.bool_)
    found[plan.member_class[np.isin(plan.member_group, groups)]] = True
    return found


def _bound_block(part: Part, prices: Prices, start: Plan, limits: Limits) -> Block:
    """Return a block with its bound."""
    problem = part.problem
    none = np.zeros(0, dtype=np.int64)
    if not problem.num_arcs:
        pricer = Pricer(problem)
        bound = pricer.price(Prices(problem.group_unplaced_cents, none, none)).bound
        return Block(part, bound, none, none, none)
    found: ColumnBound | None = column_bound(
        problem, limits, [narrow(part, start)], start=Prices(prices.group[part.groups], none, none)
    )
    if found is None:
        return Block(
            part,
            Pricer(problem).price(Prices(prices.group[part.groups], none, none)).bound,
            part.runs,
            none,
            prices.group[part.groups],
        )
    return Block(part, found.bound, part.runs[found.run_use > 1e-6], found.value, found.prices.group)


def _area_gain(block: Block, limits: Limits) -> int:
    """Return how far the areas of a block lift its bound, in cents, at least 0."""
    return max(0, area_bound(block.part.problem, block.price, limits) - block.bound)

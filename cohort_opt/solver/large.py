"""Problems too large for one engine: shared rows become prices, blocks are bounded apart, and pieces of the plan are reopened."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver.areas import area_bound
from cohort_opt.solver.ascent import ascend, first_prices
from cohort_opt.solver.blocks import blocks, number_of_groups, priced_rows
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.improve import Improver
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.kernel import KernelTask, solve_kernel
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.neighbourhoods import reopen
from cohort_opt.solver.parts import Part, narrow, restrict, widen
from cohort_opt.solver.pricing import Pricer, Prices
from cohort_opt.solver.surroundings import Surroundings

ASCENT_STEPS = 300
ASCENT_SHARE, BOUND_SHARE, AREA_SHARE, FIRST_PASS_SHARE = 0.12, 0.25, 0.25, 0.35
"""Shares of what is left of the budget for prices, the relaxations of blocks, the trees of their areas, and a first plan. Trees
and first plan run beside each other where there are workers for both."""
WORK_PER_ARC_STEP = 1.2e-7
"""Deterministic seconds for one arc in one pricing step (measured 2026-11: 155,000 arcs in 19 ms)."""
LEAST_SECONDS = 0.2
"""Wall seconds that even the smallest block has for its first plan."""
NODES_PER_SECOND = 20
"""Nodes of a kernel in reproducible mode for each second that it may take: 14 to 100 were seen (2 cores, 2026-11)."""
SEATING_WORK = 2.0
"""Deterministic seconds to seat everybody in the classes of a kernel."""
CLOSE = 1e-3
"""Relative distance of bound and master at which the relaxation of a block with taken rooms has chosen its runs."""
USED = 1e-6
"""A run of which the relaxation opens less than this is not used."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its part of the priced problem, its bound, and the prices of its groups there."""

    part: Part
    bound: int
    price: Ints


class LargeSearch:
    """The search for one large part."""

    def __init__(self, incumbent: Incumbent, limits: Limits) -> None:
        self._incumbent, self._limits = incumbent, limits
        self._problem = incumbent.problem
        self._blocks: list[Block] = []

    def run(self, *, is_warm: bool = False) -> None:
        """Bound, plan and improve until the limits; `is_warm`: a good plan is there, so that none is made from nothing."""
        prices, pricer = self._prices()
        constant, bounds = self._bound_blocks(pricer, prices)
        trees, first = (
            self._limits.piece(self._limits.left() * AREA_SHARE),
            self._limits.piece(self._limits.left() * FIRST_PASS_SHARE),
        )
        if is_warm:
            self._bound_areas(constant, bounds, trees)
        elif self._limits.workers > 1:
            # Trees are steps of numpy, kernels one long call of an engine: beside each other neither waits.
            with ThreadPoolExecutor(1) as pool:
                beside = pool.submit(self._bound_areas, constant, bounds, trees)
                self._first_pass(pricer, prices, first)
                beside.result()
        else:
            self._bound_areas(constant, bounds, trees)
            self._first_pass(pricer, prices, first)
        self._improve(pricer, prices)

    def bound(self) -> None:
        """Raise the bound only."""
        prices, pricer = self._prices()
        self._bound_areas(*self._bound_blocks(pricer, prices), self._limits.piece(self._limits.left() * AREA_SHARE))

    def _prices(self) -> tuple[Prices, Pricer]:
        """Return good prices for every row, found by ascent."""
        pricer, limits, incumbent = Pricer(self._problem), self._limits.piece(self._limits.left() * ASCENT_SHARE), self._incumbent
        plan = incumbent.plan or Plan.nobody()
        target = incumbent.objective if incumbent.objective is not None else plan.value(self._problem)
        work = WORK_PER_ARC_STEP * self._problem.num_arcs

        def stop() -> bool:
            limits.spend(work)
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

    def _bound_areas(self, constant: int, bounds: int, limits: Limits) -> None:
        """Lift the bounds of the blocks by trees over their areas, largest block first.

        One after the other: their steps are so small that two threads would only wait for each other.
        """
        lifted = constant + bounds
        for block in self._blocks:
            if limits.left() <= 0:
                break
            lifted += _area_gain(block, limits)
            self._incumbent.raise_bound(lifted, "areas")

    def _each(self, work: Callable[[Part], Block], items: list[Part]) -> list[Block]:
        """Return the answers in the order of the items, whoever was done first."""
        with ThreadPoolExecutor(self._limits.workers) as pool:
            return list(pool.map(work, items))

    def _first_pass(self, pricer: Pricer, prices: Prices, limits: Limits) -> None:
        """Plan block by block from nothing, largest first: row prices keep room for the blocks to come."""
        priced, _ = priced_rows(pricer, prices)
        problem = replace(priced, capacity=self._problem.capacity, absence=self._problem.absence)
        # A block twice as large needs more time, but not twice as much.
        shares = [math.sqrt(block.part.problem.num_arcs) for block in self._blocks]
        plan = Plan.nobody()
        for k, block in enumerate(self._blocks):
            piece = reopen(problem, plan, np.zeros(plan.num_classes, dtype=np.bool_), block.part.groups, block.part.runs)
            plan = piece.merge(_plan_block(piece.part.problem, block.price, limits, shares[k] / sum(shares[k:])))
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


def _plan_block(problem: CompactProblem, price: Ints, limits: Limits, share: float) -> Plan:
    """Return a plan of a block in the rooms that others have left, by the runs that the relaxation of just that uses.

    `share` is what it may take of the limits that are left then.

    The runs that it used when every room was free are no guide: where they are taken, trainees would wait (from one first pass of
    2,000 companies, 50 s of one core: 9.33 million against 9.61, 2026-11).
    """
    rows = Pricer(problem)
    start = Prices(price, np.zeros(len(rows.capacity), dtype=np.int64), np.zeros(len(rows.absence), dtype=np.int64))
    relaxed = column_bound(problem, limits, [], start=start, tolerance=CLOSE) if limits.left() > 0 else None
    if relaxed is None:
        return greedy_plan(problem)
    kernel = restrict(problem, np.arange(problem.num_groups), np.flatnonzero(relaxed.run_use > USED))
    seconds = limits.left() * share
    allowed = max(LEAST_SECONDS, seconds) if limits.is_fast else limits.wall_left()
    nodes = None if limits.is_fast else max(1, int(NODES_PER_SECOND * seconds))
    found = solve_kernel(KernelTask(kernel.problem, allowed, nodes, SEATING_WORK, limits.params.seed))
    limits.spend(found.work)
    return Plan.nobody() if found.plan is None else widen(kernel, found.plan)


def _bound_block(part: Part, prices: Prices, start: Plan, limits: Limits) -> Block:
    """Return a block with its bound."""
    problem, none = part.problem, np.zeros(0, dtype=np.int64)
    if not problem.num_arcs:
        return Block(part, Pricer(problem).price(Prices(problem.group_unplaced_cents, none, none)).bound, none)
    first = Prices(prices.group[part.groups], none, none)
    found = column_bound(problem, limits, [narrow(part, start)], start=first)
    if found is None:
        return Block(part, Pricer(problem).price(first).bound, first.group)
    return Block(part, found.bound, found.prices.group)


def _area_gain(block: Block, limits: Limits) -> int:
    """Return how far the areas of a block lift its bound, in cents, at least 0."""
    return max(0, area_bound(block.part.problem, block.price, limits) - block.bound)

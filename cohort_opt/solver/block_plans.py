"""The best plan of one block at given prices of the shared rows, and the bound that proves it.

A block of a region is small: some tens of groups. Its relaxation, branched on class counts, is proven in a few nodes where an
engine on the matrix needs seconds (16 groups, 250 arcs: 20 ms against 0.1 to 1 s; 2 cores, 2026-11).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.count_tree import CountTree
from cohort_opt.solver.kernel import KernelTask, solve_kernel
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.master import Columns
from cohort_opt.solver.parts import restrict, widen
from cohort_opt.solver.pricing import Prices

NODES = 40
"""Most nodes of one block's tree."""
SEATING_NODES, SEATING_SECONDS = 200, 1.0
"""Limits of the engine that seats everybody in the classes of the best leaf."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Bound and plan of one block at some prices, in cents; `plan` is `None` where none better than `upper` was found."""

    bound: int
    plan: Plan | None


class BlockSolver:
    """Solves one block again and again at changing costs, starting from what it knows of the last ones."""

    def __init__(self) -> None:
        self._columns: Columns | None = None
        self._price: Ints | None = None

    def solve(self, problem: CompactProblem, limits: Limits, first_price: Ints, upper: int) -> Answer:
        """Return bound and plan of the block.

        Parameters
        ----------
        problem
            The block at the costs of now; only costs may differ from call to call.
        first_price
            Prices per group to begin from at the first call, shape (G,).
        upper
            Value of the best plan known at these costs, in cents.
        """
        none = np.zeros(0, dtype=np.int64)
        start = Prices(first_price if self._price is None else self._price, none, none)
        known = () if self._columns is None else (_at_costs(self._columns, problem),)
        root = column_bound(problem, limits, [], known, start=start)
        if root is None:
            return Answer(-(2**62), None)
        self._columns, self._price = root.columns, root.prices.group
        tree = CountTree(problem, root, upper)
        tree.grow(limits, nodes=NODES)
        if tree.best is None:
            return Answer(tree.bound, None)
        plan = _seated(problem, np.ceil(tree.best.run_use - 1e-6).astype(np.int64), limits)
        return Answer(tree.bound, plan if plan is not None and plan.value(problem) < upper else None)


def _at_costs(columns: Columns, problem: CompactProblem) -> Columns:
    """Return the same columns at the costs of now."""
    paid = problem.arc_cents[columns.arc] * columns.count + problem.arc_group_cents[columns.arc]
    seats = np.bincount(columns.column, weights=paid, minlength=len(columns.run)).astype(np.int64)
    return replace(columns, cost=problem.run_fixed_cents[columns.run] + seats)


def _seated(problem: CompactProblem, classes: Ints, limits: Limits) -> Plan | None:
    """Return the best plan in at most these classes per run."""
    cap = np.minimum(problem.run_cap, classes)
    part = restrict(replace(problem, run_cap=cap), np.arange(problem.num_groups), np.flatnonzero(cap > 0))
    seconds = min(SEATING_SECONDS, limits.wall_left()) if limits.is_fast else limits.wall_left()
    nodes = None if limits.is_fast else SEATING_NODES
    found = solve_kernel(KernelTask(part.problem, seconds, nodes, 1.0, limits.params.seed))
    limits.spend(found.work)
    return None if found.plan is None else widen(part, found.plan)

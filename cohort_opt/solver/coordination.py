"""Prices of shared rows that know whole plans of blocks: the master of Dantzig and Wolfe (1960, 10.1287/opre.8.1.101).

A column is a whole plan of one block, so the bound is that of the best mix of whole plans: far above the linear relaxation, which
mixes classes. Prices are smoothed towards the best so far (Wentges 1997, 10.1016/S0969-6016(97)00001-4); any prices bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from ortools.math_opt import model_pb2

from cohort_opt.model.plan import Plan, activity
from cohort_opt.problem.compact import Ints
from cohort_opt.solver import mathopt
from cohort_opt.solver.block_plans import BlockSolver
from cohort_opt.solver.blocks import blocks, number_of_groups, priced_rows
from cohort_opt.solver.columns import ColumnBound
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import Floats
from cohort_opt.solver.parts import join, narrow, widen
from cohort_opt.solver.pricing import Pricer, Prices

SMOOTH = 0.5
"""Weight of the best prices so far in the next ones."""
CLOSE = 1e-4
"""Master and bound this near to each other: prices can do no more."""
ROUNDS = 60
CHOICE_NODES, CHOICE_SECONDS = 500, 1.0
"""Limits of the choice among the plans met."""


@dataclass(frozen=True, slots=True)
class _BlockPlan:
    """A plan of one block, in the indices of the block.

    Parameters
    ----------
    cost
        Against nobody placed, in cents.
    use
        Of every shared row.
    """

    block: int
    plan: Plan
    cost: int
    use: Ints


class Coordination:
    """Raises the bound of a problem of several blocks, and combines the plans that its blocks bid."""

    def __init__(self, incumbent: Incumbent, relaxed: ColumnBound) -> None:
        self._incumbent = incumbent
        self._problem = incumbent.problem
        self._pricer = Pricer(self._problem)
        every = blocks(self._problem)
        self._blocks = [block for block in every if block.problem.num_arcs]
        self._idle = sum(Plan.nobody().value(block.problem) for block in every if not block.problem.num_arcs)
        self._nobody = Plan.nobody().value(self._problem)
        self._solvers = [BlockSolver() for _ in self._blocks]
        self._group = relaxed.prices.group
        self._limit: Ints = np.concatenate((self._pricer.capacity.limit, self._pricer.absence.limit))
        self._plans: list[_BlockPlan] = []
        self._seen: set[tuple[int, int, bytes]] = set()
        self._start = relaxed.prices

    @property
    def is_worth_it(self) -> bool:
        """Return whether there are several blocks that shared rows tie together."""
        return len(self._blocks) > 1 and len(self._limit) > 0

    @property
    def block_of_group(self) -> Ints:
        """Return the block of each group; those that may attend nothing share the last number; shape (G,)."""
        return number_of_groups(self._problem, self._blocks)

    def run(self, limits: Limits, is_enough: Callable[[], bool] = lambda: False) -> None:
        """Raise the bound until master and bound meet, it is enough, or the limits."""
        if self._incumbent.plan is not None:
            for number, block in enumerate(self._blocks):
                self._take(number, narrow(block, self._incumbent.plan))
        center, best = self._rows_of(self._start), -math.inf
        point = center
        for _ in range(ROUNDS):
            bound, is_news = self._bid(point, limits)
            if bound is None:
                break
            self._incumbent.raise_bound(bound, "blocks")
            if bound > best:
                best, center = bound, point
            self._combine(limits)
            answer = self._master(limits)
            if answer is None or limits.left() <= 0 or self._incumbent.is_proven or is_enough():
                break
            value, duals = answer
            if value - best <= CLOSE * abs(value):
                break
            point = duals if not is_news else SMOOTH * center + (1 - SMOOTH) * duals

    def _rows_of(self, prices: Prices) -> Floats:
        return np.concatenate((prices.capacity, prices.absence)).astype(np.float64)

    def _bid(self, rows: Floats, limits: Limits) -> tuple[int | None, bool]:
        """Ask every block for its best plan at these row prices; returns the bound, and whether a plan is new."""
        prices = self._pricer.prices(np.concatenate((self._group, rows)))
        priced, constant = priced_rows(self._pricer, prices)
        total, is_news = constant + self._idle, False
        for number, block in enumerate(self._blocks):
            problem = replace(
                block.problem, run_fixed_cents=priced.run_fixed_cents[block.runs], arc_cents=priced.arc_cents[block.arcs]
            )
            if limits.left() <= 0:
                return None, is_news
            upper = min(
                (known.plan.value(problem) for known in self._plans if known.block == number),
                default=Plan.nobody().value(problem),
            )
            answer = self._solvers[number].solve(problem, limits, self._group[block.groups], upper)
            total += min(answer.bound, upper)
            if answer.plan is not None:
                is_news |= self._take(number, answer.plan)
        return total, is_news

    def _take(self, number: int, plan: Plan) -> bool:
        """Keep a plan of a block, in its indices; returns whether it is new."""
        whole = widen(self._blocks[number], plan)
        use = np.concatenate(
            (
                activity(self._pricer.capacity, whole.open_classes(self._problem)),
                activity(self._pricer.absence, whole.seats(self._problem)),
            )
        )
        cost = whole.value(self._problem) - self._nobody
        key = (number, cost, use.tobytes())
        if key in self._seen:
            return False
        self._seen.add(key)
        self._plans.append(_BlockPlan(number, plan, cost, use))
        return True

    def _rows_in_use(self) -> Ints:
        """Return the shared rows that some plan uses: only they can be short."""
        return np.flatnonzero(sum(plan.use for plan in self._plans) > 0)

    def _master(self, limits: Limits) -> tuple[float, Floats] | None:
        """Return value and row prices of the best mix of plans."""
        rows = self._rows_in_use()
        answer = mathopt.run(self._model(rows, is_integer=False), Engine.GLOP, seconds=max(limits.wall_left(), 0.1), threads=1)
        if answer.values is None or answer.row_duals is None or answer.objective is None:
            return None
        duals = np.zeros(len(self._limit))
        duals[rows] = np.minimum(answer.row_duals[len(self._blocks) :], 0.0)
        return answer.objective + self._nobody, duals

    def _combine(self, limits: Limits) -> None:
        """Offer the best choice of one plan per block that fits together."""
        rows = self._rows_in_use()
        seconds = min(CHOICE_SECONDS, limits.wall_left()) if limits.is_fast else limits.wall_left()
        answer = mathopt.run(
            self._model(rows, is_integer=True),
            Engine.HIGHS,
            seconds=seconds,
            nodes=None if limits.is_fast else CHOICE_NODES,
        )
        if answer.values is None:
            return
        chosen = [
            widen(self._blocks[known.block], known.plan)
            for known, value in zip(self._plans, answer.values.tolist(), strict=True)
            if value > 0.5
        ]
        whole = join(chosen) if chosen else Plan.nobody()
        if not whole.faults(self._problem):
            self._incumbent.offer(whole, "blocks")

    def _model(self, rows: Ints, *, is_integer: bool) -> model_pb2.ModelProto:
        """Return the master: at most one plan per block, shared rows kept; rows of the model: blocks, then `rows`."""
        plans, first = self._plans, len(self._blocks)
        entries = [(plan.block, column, 1.0) for column, plan in enumerate(plans)]
        for column, plan in enumerate(plans):
            used = np.flatnonzero(plan.use[rows])
            entries += zip(
                (first + used).tolist(), [column] * len(used), plan.use[rows][used].astype(float).tolist(), strict=True
            )
        entries.sort()
        count = len(plans)
        costs = {column: float(plan.cost) for column, plan in enumerate(plans) if plan.cost}
        return model_pb2.ModelProto(
            variables=model_pb2.VariablesProto(
                ids=range(count), lower_bounds=[0.0] * count, upper_bounds=[1.0] * count, integers=[is_integer] * count
            ),
            objective=model_pb2.ObjectiveProto(linear_coefficients={"ids": list(costs), "values": list(costs.values())}),
            linear_constraints=model_pb2.LinearConstraintsProto(
                ids=range(first + len(rows)),
                lower_bounds=[-math.inf] * (first + len(rows)),
                upper_bounds=[1.0] * first + self._limit[rows].astype(float).tolist(),
            ),
            linear_constraint_matrix={
                "row_ids": [row for row, _, _ in entries],
                "column_ids": [column for _, column, _ in entries],
                "coefficients": [value for _, _, value in entries],
            },
        )

"""Column generation: a column is one class with its members. Its master is a small linear problem; its pricing is a sort.

The bound at each round comes from the prices alone (`pricing`), so it is valid however the master was solved. Prices are
smoothed towards the best so far (Wentges 1997, 10.1016/S0969-6016(97)00001-4; Pessoa et al. 2018, 10.1287/ijoc.2017.0784).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, model_update_pb2, parameters_pb2
from ortools.math_opt.core.python import solver

from cohort_opt.errors import SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import Floats
from cohort_opt.solver.pricing import NEVER, Priced, Pricer, Prices


@dataclass(slots=True)
class Pool:
    """Columns: run and cost of each, and its (column, arc, count) entries."""

    run: list[Ints] = field(default_factory=list)
    cost: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    arc: list[Ints] = field(default_factory=list)
    count: list[Ints] = field(default_factory=list)
    size: int = 0

    def add(self, run: Ints, cost: Ints, column: Ints, arc: Ints, count: Ints) -> None:
        """Append columns; `column` counts from 0 within this batch."""
        self.run.append(run)
        self.cost.append(cost)
        self.column.append(column + self.size)
        self.arc.append(arc)
        self.count.append(count)
        self.size += len(run)


@dataclass(frozen=True, slots=True)
class ColumnBound:
    """What column generation leaves behind.

    Parameters
    ----------
    bound, prices
        Best bound in cents and its prices.
    run_use, arc_use
        Fractional classes per run and trainees per arc in the last master; shapes (R,), (A,).
    value
        Reduced cost of each run's best class at the best prices: a run with a value above the gap opens in no better plan.
    """

    bound: int
    prices: Prices
    run_use: Floats
    arc_use: Floats
    value: Ints


class Master:
    """The master: cheapest fractional choice of columns that seats every trainee or leaves them waiting at their price."""

    def __init__(self, problem: CompactProblem, pricer: Pricer) -> None:
        self._problem, self._pricer = problem, pricer
        self.pool = Pool()
        self._rows: dict[tuple[str, int], int] = {}
        groups = problem.num_groups
        counts = problem.group_count.astype(np.float64).tolist()
        # Who must be placed may wait in the master at a price above all others, so that it always has a solution.
        dear = float(problem.group_unplaced_cents.max(initial=0) + problem.run_fixed_cents.max(initial=0)) * 10 + 10**6
        waiting = np.where(problem.group_must_place, dear, problem.group_unplaced_cents).astype(np.float64)
        self._model = model_pb2.ModelProto(
            variables=model_pb2.VariablesProto(
                ids=range(groups), lower_bounds=[0.0] * groups, upper_bounds=counts, integers=[False] * groups
            ),
            objective=model_pb2.ObjectiveProto(linear_coefficients={"ids": range(groups), "values": waiting.tolist()}),
            linear_constraints=model_pb2.LinearConstraintsProto(ids=range(groups), lower_bounds=counts, upper_bounds=counts),
            linear_constraint_matrix={"row_ids": range(groups), "column_ids": range(groups), "coefficients": [1.0] * groups},
        )
        self._num_rows = groups
        self._solver: Any = solver.new(Engine.GLOP.value, self._model, parameters_pb2.SolverInitializerProto())
        self.values: Floats = np.zeros(0)
        self.objective = 0.0

    def add_plan(self, plan: Plan) -> None:
        """Add the classes of a plan as columns."""
        problem, arcs = self._problem, plan.member_arc(self._problem)
        seats = self._pricer.cost_of(plan.member_class, arcs, plan.member_count, plan.num_classes)
        cost = problem.run_fixed_cents[plan.class_run] + seats
        self._append(plan.class_run, cost, plan.member_class, arcs, plan.member_count)

    def add_priced(self, priced: Priced, most: int, *, slack: bool = False) -> int:
        """Add the best classes with a negative reduced cost (`slack`: any reduced cost), at most `most`; returns how many."""
        problem = self._problem
        good = np.flatnonzero(priced.value < (NEVER if slack else 0))
        if len(good) > most:
            good = np.sort(good[np.argsort(priced.value[good], kind="stable")[:most]])
        if not len(good):
            return 0
        at = np.full(problem.num_runs, -1, dtype=np.int64)
        at[good] = np.arange(len(good))
        arcs = np.flatnonzero((priced.take > 0) & (at[problem.arc_run] >= 0))
        column, count = at[problem.arc_run[arcs]], priced.take[arcs]
        seats = self._pricer.cost_of(column, arcs, count, len(good))
        self._append(good, problem.run_fixed_cents[good] + seats, column, arcs, count)
        return len(good)

    def _append(self, run: Ints, cost: Ints, column: Ints, arc: Ints, count: Ints) -> None:
        """Add columns to pool and model."""
        first = self._problem.num_groups + self.pool.size
        ids = np.arange(first, first + len(run))
        row, col, coefficient = self._problem.arc_group[arc], column, count
        for (kind, i), number in self._rows.items():
            r, c, k = self._row_entries(kind, i, run, column, arc, count)
            row, col, coefficient = np.append(row, np.full(len(r), number)), np.append(col, c), np.append(coefficient, k)
        order = np.lexsort((col, row))
        update = model_update_pb2.ModelUpdateProto(
            new_variables=model_pb2.VariablesProto(
                ids=ids.tolist(),
                lower_bounds=[0.0] * len(ids),
                upper_bounds=[float("inf")] * len(ids),
                integers=[False] * len(ids),
            ),
            objective_updates={"linear_coefficients": {"ids": ids.tolist(), "values": cost.astype(np.float64).tolist()}},
            linear_constraint_matrix_updates={
                "row_ids": row[order].tolist(),
                "column_ids": (col[order] + first).tolist(),
                "coefficients": coefficient[order].astype(np.float64).tolist(),
            },
        )
        self.pool.add(run, cost, column, arc, count)
        self._update(update)

    def _row_entries(self, kind: str, i: int, run: Ints, column: Ints, arc: Ints, count: Ints) -> tuple[Ints, Ints, Ints]:
        """Return (row, column, coefficient) of the columns in one shared row."""
        if kind == "cap":
            hit = np.flatnonzero(run == i)
            return hit, hit, np.ones(len(hit), dtype=np.int64)
        rows = self._pricer.capacity if kind == "capacity" else self._pricer.absence
        index, use = rows.row(i)
        if kind == "capacity":
            weight = np.zeros(self._problem.num_runs, dtype=np.int64)
            weight[index] = use
            found = weight[run]
        else:
            weight = np.zeros(self._problem.num_arcs, dtype=np.int64)
            weight[index] = use
            found = np.bincount(column, weights=weight[arc] * count, minlength=len(run)).astype(np.int64)
        hit = np.flatnonzero(found)
        return hit, hit, found[hit]

    def add_rows(self, kind: str, wanted: Ints, limits: Ints) -> None:
        """Add shared rows to the model."""
        groups = self._problem.num_groups
        run, column = np.concatenate(self.pool.run), np.concatenate(self.pool.column)
        arc, count = np.concatenate(self.pool.arc), np.concatenate(self.pool.count)
        row: list[Ints] = []
        col: list[Ints] = []
        coefficient: list[Ints] = []
        numbers = list(range(self._num_rows, self._num_rows + len(wanted)))
        for number, i in zip(numbers, wanted.tolist(), strict=True):
            self._rows[kind, i] = number
            r, c, k = self._row_entries(kind, i, run, column, arc, count)
            row.append(np.full(len(r), number))
            col.append(c + groups)
            coefficient.append(k)
        self._num_rows += len(wanted)
        self._update(
            model_update_pb2.ModelUpdateProto(
                new_linear_constraints=model_pb2.LinearConstraintsProto(
                    ids=numbers,
                    lower_bounds=[float("-inf")] * len(numbers),
                    upper_bounds=limits.astype(np.float64).tolist(),
                ),
                linear_constraint_matrix_updates={
                    "row_ids": np.concatenate(row).tolist(),
                    "column_ids": np.concatenate(col).tolist(),
                    "coefficients": np.concatenate(coefficient).astype(np.float64).tolist(),
                },
            )
        )

    def _update(self, update: Any) -> None:
        if not self._solver.update(update):
            raise SolverError("the linear engine refused a change of its model")

    def solve(self, seconds: float) -> Floats | None:
        """Return prices per group, capacity row and absence row, one after the other; `None` if the engine gave up."""
        parameters = parameters_pb2.SolveParametersProto()
        parameters.time_limit.FromMilliseconds(max(10, int(seconds * 1000)))
        parameters.glop.use_preprocessing = False
        nothing = callback_pb2.CallbackRegistrationProto()
        wishes = model_parameters_pb2.ModelSolveParametersProto()
        try:
            answer = self._solver.solve(parameters, wishes, None, nothing, None, None)
        except Exception as error:  # StatusNotOk of pybind11_abseil has no public home
            if "ABNORMAL" in str(error):
                return None  # Rare and harmless: the bound so far stays valid, whatever the engine does.
            raise SolverError(f"the linear engine failed: {error}") from error
        if not answer.solutions or not answer.solutions[0].HasField("dual_solution"):
            return None
        best = answer.solutions[0]
        groups = self._problem.num_groups
        self.values = np.array(best.primal_solution.variable_values.values)[groups:]
        self.objective = float(best.primal_solution.objective_value)
        duals = np.array(best.dual_solution.dual_values.values)
        capacity, absence = np.zeros(len(self._pricer.capacity)), np.zeros(len(self._pricer.absence))
        for (kind, i), number in self._rows.items():
            if kind == "capacity":
                capacity[i] = duals[number]
            elif kind == "absence":
                absence[i] = duals[number]
        return np.concatenate((duals[:groups], capacity, absence))

    def use(self) -> tuple[Floats, Floats]:
        """Return fractional classes per run and trainees per arc."""
        if not self.pool.size:
            return np.zeros(self._problem.num_runs), np.zeros(self._problem.num_arcs)
        run, column = np.concatenate(self.pool.run), np.concatenate(self.pool.column)
        arc, count = np.concatenate(self.pool.arc), np.concatenate(self.pool.count)
        # Columns that came after the last solve are not used in it.
        values = np.zeros(self.pool.size)
        values[: len(self.values)] = self.values
        runs = np.bincount(run, weights=values, minlength=self._problem.num_runs)
        arcs = np.bincount(arc, weights=values[column] * count, minlength=self._problem.num_arcs)
        return runs.astype(np.float64), arcs.astype(np.float64)

    def cut(self) -> int:
        """Add every shared row that the fractional plan breaks; returns how many."""
        runs, arcs = self.use()
        pricer, added = self._pricer, 0
        for kind, rows, values in (("capacity", pricer.capacity, runs), ("absence", pricer.absence, arcs)):
            if not len(rows):
                continue
            activity = np.bincount(rows.owner(), weights=rows.use * values[rows.index], minlength=len(rows))
            broken = np.flatnonzero(activity > rows.limit + 1e-6)
            broken = broken[[(kind, i) not in self._rows for i in broken.tolist()]]
            if len(broken):
                self.add_rows(kind, broken, rows.limit[broken])
                added += len(broken)
        over = np.flatnonzero(runs > pricer.cap + 1e-6)
        over = over[[("cap", i) not in self._rows for i in over.tolist()]]
        if len(over):
            self.add_rows("cap", over, pricer.cap[over])
            added += len(over)
        return added


def column_bound(
    problem: CompactProblem,
    limits: Limits,
    starts: list[Plan],
    *,
    rounds: int = 200,
    tolerance: float = 1e-4,
    tell: Callable[[int], None] | None = None,
    start: Prices | None = None,
    per_round: float = 1.0,
    smooth: float = 0.7,
) -> ColumnBound | None:
    """Return the bound of the linear relaxation, `None` if not one round fitted into the limits.

    Parameters
    ----------
    starts
        Plans whose classes are the first columns.
    tolerance
        Stop when bound and master are this close.
    tell
        Called with each better bound.
    start
        Prices to begin from.
    """
    pricer = Pricer(problem, exact=True)
    master = Master(problem, pricer)
    for plan in starts:
        if plan.num_classes:
            master.add_plan(plan)
    most = max(60, int(per_round * problem.num_groups))
    best: tuple[int, Prices, Ints] | None = None
    center: Floats | None = None
    if start is not None:
        priced = pricer.price(start)
        best, center = (priced.bound, start, priced.value), start.flat()
        master.add_priced(priced, 3 * most, slack=True)
    for _ in range(rounds):
        duals = master.solve(limits.wall_left())
        if duals is None:
            if limits.wall_left() <= 0:
                limits.cut()
            break
        rows_added = master.cut() if master.pool.size else 0
        mixed = duals if center is None else smooth * center + (1 - smooth) * duals
        useful, top = 0, -NEVER if best is None else best[0]
        for point in (mixed, duals):
            prices = pricer.prices(point)
            priced = pricer.price(prices)
            if priced.bound > top:
                top, best, center = priced.bound, (priced.bound, prices, priced.value), point
                if tell is not None:
                    tell(top)
            useful += master.add_priced(priced, most)
        if not rows_added and (not useful or master.objective - top <= tolerance * abs(master.objective)):
            break
    if best is None:
        return None
    return ColumnBound(best[0], best[1], *master.use(), best[2])

"""The master of column generation: a small linear problem over classes with their members, which grows column by column.

Shared rows are in it once a fractional plan has broken them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, model_update_pb2, parameters_pb2
from ortools.math_opt.core.python import solver

from cohort_opt.errors import SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints, Rows
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import Floats
from cohort_opt.solver.pricing import NEVER, Priced, Pricer, Prices


@dataclass(frozen=True, slots=True)
class Columns:
    """Classes with their members: run and cost of each, shape (n,), and its (column, arc, count) entries."""

    run: Ints
    cost: Ints
    column: Ints
    arc: Ints
    count: Ints

    def inside(self, runs: Ints, arcs: Ints) -> Columns:
        """Return the same columns in the indices of the whole that a part was cut from."""
        return Columns(runs[self.run], self.cost, self.column, arcs[self.arc], self.count)


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

    def columns(self) -> Columns:
        """Return all columns."""
        return Columns(*(np.concatenate(part) for part in (self.run, self.cost, self.column, self.arc, self.count)))


class Master:
    """The master: cheapest fractional choice of columns that seats every trainee or leaves them waiting at their price."""

    def __init__(self, problem: CompactProblem, pricer: Pricer) -> None:
        self._problem, self._pricer = problem, pricer
        self.pool = Pool()
        self._shared = _SharedRows.of(pricer)
        self._number: Ints = np.full(self._shared.count, -1, dtype=np.int64)
        groups = problem.num_groups
        counts = problem.group_count.astype(np.float64).tolist()
        # Who must be placed may wait in the master at a price above all others, so that it always has a solution.
        dear = float(problem.group_unplaced_cents.max(initial=0) + problem.run_fixed_cents.max(initial=0)) * 10 + 10**6
        waiting = np.where(problem.group_must_place, dear, problem.group_unplaced_cents).astype(np.float64)
        # So may a row that asks for more classes than the columns so far can give.
        self._asking: Ints = np.flatnonzero(pricer.capacity.limit < 0)
        missing = -pricer.capacity.limit[self._asking].astype(np.float64)
        self._first = groups + len(missing)
        self._model = model_pb2.ModelProto(
            variables=model_pb2.VariablesProto(
                ids=range(self._first),
                lower_bounds=[0.0] * self._first,
                upper_bounds=[*counts, *missing.tolist()],
                integers=[False] * self._first,
            ),
            objective=model_pb2.ObjectiveProto(
                linear_coefficients={"ids": range(self._first), "values": [*waiting.tolist(), *[dear] * len(missing)]}
            ),
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
        first = self._first + self.pool.size
        ids = np.arange(first, first + len(run))
        extra = self._row_entries(Columns(run, cost, column, arc, count), self._number)
        own = (self._problem.arc_group[arc], column, count)
        row, col, coefficient = (np.concatenate(pair) for pair in zip(own, extra, strict=True))
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

    def _row_entries(self, columns: Columns, number: Ints) -> tuple[Ints, Ints, Ints]:
        """Return (row, column, coefficient) of some columns in the shared rows.

        Parameters
        ----------
        number
            Row of the model for each shared row, -1 for those that are not wanted; shape (rows,).
        """
        order, every = self._shared, np.arange(len(columns.run), dtype=np.int64)
        parts = [
            (order.first_cap + columns.run, every, np.ones_like(every)),
            *_gather(order.by_run, columns.run, every, np.ones_like(every)),
            *_gather(order.by_arc, columns.arc, columns.column, columns.count),
        ]
        row, column, use = (np.concatenate(part) for part in zip(*parts, strict=True))
        row = number[row]
        wanted = row >= 0
        key = row[wanted] * max(len(every), 1) + column[wanted]
        found, place = np.unique(key, return_inverse=True)
        total = np.bincount(place, weights=use[wanted], minlength=len(found)).astype(np.int64)
        rows, cols = np.divmod(found, max(len(every), 1))
        return rows, cols, total

    def add_rows(self, wanted: Ints, limits: Ints) -> None:
        """Add shared rows to the model."""
        numbers = np.arange(self._num_rows, self._num_rows + len(wanted), dtype=np.int64)
        only = np.full_like(self._number, -1)
        only[wanted] = self._number[wanted] = numbers
        row, col, coefficient = self._row_entries(self.pool.columns(), only)
        asking = np.flatnonzero(only[self._asking] >= 0)
        row = np.concatenate((row, only[self._asking[asking]]))
        col = np.concatenate((col + self._first, self._problem.num_groups + asking))
        coefficient = np.concatenate((coefficient, np.full(len(asking), -1)))
        order = np.lexsort((col, row))
        self._num_rows += len(wanted)
        self._update(
            model_update_pb2.ModelUpdateProto(
                new_linear_constraints=model_pb2.LinearConstraintsProto(
                    ids=numbers.tolist(),
                    lower_bounds=[float("-inf")] * len(numbers),
                    upper_bounds=limits.astype(np.float64).tolist(),
                ),
                linear_constraint_matrix_updates={
                    "row_ids": row[order].tolist(),
                    "column_ids": col[order].tolist(),
                    "coefficients": coefficient[order].astype(np.float64).tolist(),
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
        self.values = np.array(best.primal_solution.variable_values.values)[self._first :]
        self.objective = float(best.primal_solution.objective_value)
        duals = np.array(best.dual_solution.dual_values.values)
        # Prices of the shared rows that are in the model; those of the caps of runs have no place among the prices.
        known = np.append(duals, 0.0)
        rows = known[np.where(self._number >= 0, self._number, len(duals))]
        return np.concatenate((duals[:groups], rows[: self._shared.first_cap]))

    def best_columns(self, prices: Prices, most: int) -> Columns:
        """Return the columns in use, and those of least reduced cost, about `most` in all."""
        pool = self.pool
        if not pool.size:
            none = np.zeros(0, dtype=np.int64)
            return Columns(none, none, none, none, none)
        every = pool.columns()
        run, cost, column, arc, count = every.run, every.cost, every.column, every.arc, every.count
        run_tolls, arc_tolls = self._pricer.tolls(prices)
        earned = (prices.group[self._problem.arc_group[arc]] - arc_tolls[arc]) * count
        reduced: Floats = (cost + run_tolls[run]).astype(np.float64) - np.bincount(column, weights=earned, minlength=pool.size)
        reduced[: len(self.values)][self.values > 1e-9] = -np.inf
        kept = np.sort(np.argsort(reduced, kind="stable")[:most])
        at = np.full(pool.size, -1, dtype=np.int64)
        at[kept] = np.arange(len(kept))
        entries = at[column] >= 0
        return Columns(run[kept], cost[kept], at[column[entries]], arc[entries], count[entries])

    def add_columns(self, columns: Columns) -> None:
        """Add columns that another master has left behind."""
        self._append(columns.run, columns.cost, columns.column, columns.arc, columns.count)

    def use(self) -> tuple[Floats, Floats]:
        """Return fractional classes per run and trainees per arc."""
        if not self.pool.size:
            return np.zeros(self._problem.num_runs), np.zeros(self._problem.num_arcs)
        pool = self.pool.columns()
        # Columns that came after the last solve are not used in it.
        values = np.zeros(self.pool.size)
        values[: len(self.values)] = self.values
        runs = np.bincount(pool.run, weights=values, minlength=self._problem.num_runs)
        arcs = np.bincount(pool.arc, weights=values[pool.column] * pool.count, minlength=self._problem.num_arcs)
        return runs.astype(np.float64), arcs.astype(np.float64)

    def cut(self) -> int:
        """Add every shared row that the fractional plan breaks; returns how many."""
        runs, arcs = self.use()
        pricer = self._pricer
        activities = [
            np.bincount(rows.owner(), weights=rows.use * values[rows.index], minlength=len(rows))
            for rows, values in ((pricer.capacity, runs), (pricer.absence, arcs))
        ]
        limit = np.concatenate((pricer.capacity.limit, pricer.absence.limit, pricer.cap))
        broken = np.concatenate((*activities, runs)) > limit + 1e-6
        wanted = np.flatnonzero(broken & (self._number < 0))
        if len(wanted):
            self.add_rows(wanted, limit[wanted])
        return len(wanted)


@dataclass(frozen=True, slots=True)
class _SharedRows:
    """Shared rows in one numbering: capacity rows, absence rows, then the cap of each run.

    Parameters
    ----------
    by_run, by_arc
        (start, row, use): entries of run (or arc) i are start[i] to start[i + 1].
    first_cap, count
        Number of the first cap, and of all rows.
    """

    by_run: tuple[Ints, Ints, Ints]
    by_arc: tuple[Ints, Ints, Ints]
    first_cap: int
    count: int

    @classmethod
    def of(cls, pricer: Pricer) -> _SharedRows:
        """Return the shared rows of a problem."""
        problem, rows = pricer.problem, len(pricer.capacity)
        first_cap = rows + len(pricer.absence)
        return cls(
            _transposed(pricer.capacity, problem.num_runs, 0),
            _transposed(pricer.absence, problem.num_arcs, rows),
            first_cap,
            first_cap + problem.num_runs,
        )


def _transposed(rows: Rows, size: int, first: int) -> tuple[Ints, Ints, Ints]:
    """Return the entries of rows by variable, rows numbered from `first`."""
    order = np.argsort(rows.index, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(rows.index, minlength=size)))).astype(np.int64)
    return start, rows.owner()[order] + first, rows.use[order]


def _gather(table: tuple[Ints, Ints, Ints], variable: Ints, column: Ints, times: Ints) -> list[tuple[Ints, Ints, Ints]]:
    """Return (row, column, use) of all entries of some variables, each belonging to a column and taken so many times."""
    start, row, use = table
    length = start[variable + 1] - start[variable]
    owner = np.repeat(np.arange(len(variable)), length)
    place = start[variable][owner] + np.arange(len(owner)) - np.repeat(np.cumsum(length) - length, length)
    return [(row[place], column[owner], use[place] * times[owner])]

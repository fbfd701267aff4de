"""Bounds by prices: what every run would earn if seats, rooms and days away had these prices. Vectorised over all runs.

Every trainee takes one seat, so the best class of a run at given prices is a sort of reduced costs and a cumulative sum. Any
prices give a valid bound (Lagrange 1762; Geoffrion 1974, 10.1007/BFb0120690); prices are whole cents, so it is exact:

    bound = sum_g (price[g] + min(0, unplaced[g] - price[g])) n[g] + sum_i row_price[i] limit[i] + sum_r cap[r] min(0, v[r])
    v[r]  = fixed[r] - sum_i row_price[i] use[i,r] + least sum of (cost[a] - price[g]) over min[r]..max[r] seats, row_price <= 0

Where rules look inside a class (parts, least sizes, costs once per class) the exact form knows them, which lifts the bound, at
about twice the time of a sort.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cohort_opt.model.slots import dead_arcs, useful_cap
from cohort_opt.problem.compact import CompactProblem, Ints, Rows
from cohort_opt.problem.rows import joined
from cohort_opt.solver.filling import Filler, fits_table
from cohort_opt.solver.parts import arc_most, binding_rows

Floats = npt.NDArray[np.float64]

NEVER = 2**60
"""Value of a run that cannot fill a class."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Whole cents: per trainee of a group, per unit of a capacity row and of an absence row (never positive)."""

    group: Ints
    capacity: Ints
    absence: Ints

    @classmethod
    def of(cls, group: Floats, capacity: Floats, absence: Floats) -> Prices:
        """Return prices rounded to whole cents."""
        return cls(
            np.rint(group).astype(np.int64),
            np.minimum(np.rint(capacity), 0).astype(np.int64),
            np.minimum(np.rint(absence), 0).astype(np.int64),
        )

    def flat(self) -> Floats:
        """Return all prices one after the other."""
        return np.concatenate((self.group, self.capacity, self.absence)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Priced:
    """The best class of every run at some prices.

    Parameters
    ----------
    value
        Reduced cost of the best class of each run, `NEVER` where none can be filled; shape (R,).
    take
        Trainees per arc in the best class of its run; shape (A,).
    bound
        No plan costs less, in cents.
    """

    value: Ints
    take: Ints
    bound: int


class Pricer:
    """Prices all runs of one problem at once; whatever rule is left out only lowers the bound.

    Parameters
    ----------
    exact
        Whether parts, least sizes and costs once per class are kept inside each class; else a class is a sort of its arcs.
    counts
        More rows over runs, priced after those of the problem; where a row asks for at least so many classes, `use` and `limit`
        are negative.
    """

    def __init__(self, problem: CompactProblem, *, exact: bool = False, counts: Rows | None = None) -> None:
        self.problem = problem
        binding = binding_rows(problem.capacity, problem.run_cap)
        self.capacity: Rows = binding if counts is None else joined((binding, counts))
        self.absence: Rows = binding_rows(problem.absence, arc_most(problem))
        most = np.minimum(problem.group_count[problem.arc_group], problem.run_max[problem.arc_run])
        self.most: Ints = np.where(dead_arcs(problem), 0, most)
        looked_into = (self.most > 0) & (
            (problem.group_min_part[problem.arc_group] > 1)
            | (problem.arc_min_size > problem.run_min[problem.arc_run])
            | (problem.arc_group_cents > 0)
        )
        self._filler = Filler(problem, self.most) if exact and looked_into.any() and fits_table(problem) else None
        spread = problem.arc_group_cents // np.maximum(most, 1)
        self.cents: Ints = problem.arc_cents if self._filler is not None else problem.arc_cents + spread
        self.once: Ints = problem.arc_group_cents if self._filler is not None else np.zeros_like(problem.arc_cents)
        self.cap: Ints = useful_cap(problem)
        self.first: Ints = problem.arcs_of_run()
        self.seats: Ints = np.bincount(problem.arc_run, weights=self.most, minlength=problem.num_runs).astype(np.int64)
        self._capacity_owner, self._absence_owner = self.capacity.owner(), self.absence.owner()

    def prices(self, flat: Floats) -> Prices:
        """Return whole-cent prices from all figures one after the other: groups, capacity rows, absence rows."""
        groups, rows = self.problem.num_groups, len(self.capacity)
        return Prices.of(flat[:groups], flat[groups : groups + rows], flat[groups + rows :])

    def price(self, prices: Prices) -> Priced:
        """Return the best class of every run, and the bound."""
        problem = self.problem
        run_tolls, arc_tolls = self.tolls(prices)
        reduced = self.cents + arc_tolls - prices.group[problem.arc_group]
        fixed = problem.run_fixed_cents + run_tolls
        if self._filler is None:
            take = self._fill(reduced)
            value = fixed + _total(problem.arc_run, reduced * take, problem.num_runs)
            value = np.where(self.seats < problem.run_min, NEVER, value)
        else:
            filled = self._filler.fill(reduced)
            take, can_open = filled.take, np.isfinite(filled.cost)
            value = np.where(can_open, fixed + np.where(can_open, filled.cost, 0.0).astype(np.int64), NEVER)
        return Priced(value, take, self._bound(prices, value))

    def cost_of(self, column: Ints, arc: Ints, count: Ints, size: int) -> Ints:
        """Return the cost of the seats of each class, from its (class, arc, count) entries; shape (size,)."""
        return _total(column, self.cents[arc] * count + self.once[arc], size)

    def tolls(self, prices: Prices) -> tuple[Ints, Ints]:
        """Return what the prices of shared rows add to a class of each run, shape (R,), and to a seat by each arc, shape (A,)."""
        runs = _total(self.capacity.index, -prices.capacity[self._capacity_owner] * self.capacity.use, self.problem.num_runs)
        arcs = _total(self.absence.index, -prices.absence[self._absence_owner] * self.absence.use, self.problem.num_arcs)
        return runs, arcs

    def slack(self, rows: Rows, values: Ints) -> Ints:
        """Return what each capacity or absence row has left over, negative where it is broken."""
        owner = self._capacity_owner if rows is self.capacity else self._absence_owner
        return rows.limit - _total(owner, rows.use * values[rows.index], len(rows))

    def _fill(self, reduced: Ints) -> Ints:
        """Return the trainees per arc of the cheapest class of every run, by a sort."""
        problem = self.problem
        return cheapest_by_sort(problem.arc_run, reduced, self.most, self.first, problem.run_min, problem.run_max)

    def _bound(self, prices: Prices, value: Ints) -> int:
        """Return the bound of these prices."""
        problem = self.problem
        waiting = np.minimum(problem.group_unplaced_cents - prices.group, 0)
        waiting = np.where(problem.group_must_place, 0, waiting)
        earned = self.cap * np.minimum(value, 0)
        groups = int(((prices.group + waiting) * problem.group_count).sum())
        rows = int((prices.capacity * self.capacity.limit).sum()) + int((prices.absence * self.absence.limit).sum())
        return groups + rows + int(earned.sum())


def cheapest_by_sort(run: Ints, reduced: Ints, most: Ints, first: Ints, least_size: Ints, most_size: Ints) -> Ints:
    """Return the trainees per arc of the cheapest class of every run in which trainees flow.

    Parameters
    ----------
    run, reduced, most
        Run, cost per trainee and most trainees of each arc, arcs in run order; shape (A,).
    first
        Arcs of run r are first[r] to first[r + 1]; shape (R + 1,).
    least_size, most_size
        Shape (R,).
    """
    if not len(run):
        return np.zeros(0, dtype=np.int64)
    order = np.lexsort((reduced, run))
    count = most[order]
    total = np.cumsum(count)
    before = total - count
    begin = np.concatenate(([0], total))[first[:-1]]
    wanted = _total(run, np.where(reduced < 0, most, 0), len(least_size))
    size = np.clip(wanted, least_size, most_size)
    here = run[order]
    taken = np.clip(size[here] - (before - begin[here]), 0, count)
    take = np.empty_like(taken)
    take[order] = taken
    return take


def _total(index: Ints, values: Ints, size: int) -> Ints:
    """Return the sum of values by index; exact, since the sums stay below 2**53."""
    return np.bincount(index, weights=values, minlength=size).astype(np.int64)

"""Branch on how many classes a set of runs opens: all of them, those of an offering, one run.

The linear relaxation opens thirds of classes, and which date a class takes hardly costs: branching on single runs moves a third
from one date to the next. How many classes an offering opens over all its dates has no such way out. Each branch is one more row
over runs, so pricing stays a sort (branching rules that keep the pricing: Barnhart et al. 1998, 10.1287/opre.46.3.316;
Vanderbeck 2011, 10.1007/s10107-009-0334-1). Any leaves of the tree bound the problem: the least of their bounds.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from cohort_opt.problem.compact import CompactProblem, Ints, Rows
from cohort_opt.solver.columns import ColumnBound, column_bound
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.pricing import Prices

WHOLE = 1e-4
"""A count this near to a whole number is one."""
CLEAR = 0.05
"""A set whose count is further than this from a whole number is branched on before any smaller set."""
ROUNDS = 40
"""Most rounds of column generation in one node."""


@dataclass(frozen=True, slots=True)
class Count:
    """A set of runs opens at most, or at least, so many classes."""

    runs: Ints
    limit: int
    at_most: bool


@dataclass(order=True, frozen=True, slots=True)
class _Leaf:
    """A leaf: its bound, its number (a tie goes to the first), the counts on the way to it, and its relaxation."""

    bound: int
    number: int
    counts: tuple[Count, ...] = field(compare=False)
    relaxed: ColumnBound = field(compare=False)


class CountTree:
    """A tree of counts over one problem, best leaf first.

    Parameters
    ----------
    root
        The relaxation of the problem.
    upper
        Value of a plan, in cents: leaves that cost as much need not grow.
    """

    def __init__(self, problem: CompactProblem, root: ColumnBound, upper: int | None = None) -> None:
        self._problem, self._upper = problem, upper
        self._leaves = [_Leaf(root.bound, 0, (), root)]
        self._labels = _labels(problem)
        self.nodes = 0

    @property
    def bound(self) -> int:
        """Return the least bound of all leaves, in cents."""
        least = self._leaves[0].bound if self._leaves else None
        known = [bound for bound in (least, self._upper) if bound is not None]
        return min(known)

    @property
    def best(self) -> ColumnBound | None:
        """Return the relaxation of the leaf with the least bound; `None` where no leaf is left below the plan."""
        return self._leaves[0].relaxed if self._leaves else None

    def grow(self, limits: Limits, *, nodes: int, is_enough: Callable[[], bool] = lambda: False) -> None:
        """Branch on the best leaf until it opens whole classes only, or so many nodes are there, or it is enough."""
        while self._leaves and self.nodes < nodes and not is_enough() and limits.left() > 0:
            leaf = self._leaves[0]
            branch = self._branch(leaf.relaxed)
            if branch is None:
                return
            children = [self._child(leaf, count, limits) for count in branch]
            if None in children:
                return
            heapq.heappop(self._leaves)
            for child in children:
                if child is not None and (self._upper is None or child.bound < self._upper):
                    heapq.heappush(self._leaves, child)

    def _child(self, leaf: _Leaf, count: Count, limits: Limits) -> _Leaf | None:
        """Return a child of a leaf; `None` if the limits came first."""
        counts = (*leaf.counts, count)
        before = leaf.relaxed.prices
        start = Prices(before.group, np.append(before.capacity, 0), before.absence)
        found = column_bound(
            self._problem,
            limits,
            [],
            (leaf.relaxed.columns,),
            rounds=ROUNDS,
            start=start,
            counts=_rows(counts),
            enough=self._upper,
        )
        self.nodes += 1
        return None if found is None else _Leaf(max(leaf.bound, found.bound), self.nodes, counts, found)

    def _branch(self, relaxed: ColumnBound) -> tuple[Count, Count] | None:
        """Return the two sides of a count that is not whole, of the largest sets first; `None` where all are whole."""
        best: tuple[float, Ints, float] | None = None
        for label in self._labels:
            used = np.bincount(label, weights=relaxed.run_use)
            off = np.abs(used - np.rint(used))
            place = int(np.argmax(off))
            if off[place] > WHOLE and (best is None or off[place] > best[0]):
                best = (float(off[place]), np.flatnonzero(label == place), float(used[place]))
            if best is not None and best[0] > CLEAR:
                break
        if best is None:
            return None
        floor = int(np.floor(best[2]))
        return Count(best[1], floor, at_most=True), Count(best[1], floor + 1, at_most=False)


def _labels(problem: CompactProblem) -> tuple[Ints, ...]:
    """Return the families of sets, largest sets first: the set of each run, from 0; shape (R,) each."""
    _, offering = np.unique(problem.run_offering, return_inverse=True)
    every, alone = np.zeros(problem.num_runs, dtype=np.int64), np.arange(problem.num_runs, dtype=np.int64)
    families = (every, offering.astype(np.int64), alone)
    return families if 1 < offering.max(initial=0) + 1 < problem.num_runs else (every, alone)


def _rows(counts: tuple[Count, ...]) -> Rows:
    """Return counts as rows; at least k classes is: minus their number is at most -k."""
    length = np.array([len(count.runs) for count in counts], dtype=np.int64)
    sign = np.array([1 if count.at_most else -1 for count in counts], dtype=np.int64)
    return Rows(
        tuple(f"classes {'at most' if count.at_most else 'at least'} {count.limit}" for count in counts),
        sign * np.array([count.limit for count in counts], dtype=np.int64),
        np.concatenate(([0], np.cumsum(length))).astype(np.int64),
        np.concatenate([count.runs for count in counts]),
        np.repeat(sign, length),
    )

"""The cheapest class of every run under the rules inside it, by a table of class sizes that is filled for all runs at once.

A group joins a class with no trainee, or with `part..most` of them; a member may ask for a least size of the class. With members
in ascending order of that size, the best class whose most demanding member is the j-th has a size between its wish and the
maximum, and members among the first j: a knapsack by sizes (Bellman 1957; Martello & Toth 1990, ISBN 0-471-92420-2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cohort_opt.problem.compact import CompactProblem, Ints

Floats = npt.NDArray[np.float64]


MOST_SEATS = 127
"""Largest class for which a table by sizes is kept: counts fit into a byte, and real classes are far smaller."""


def fits_table(problem: CompactProblem) -> bool:
    """Return whether every class is small enough for a table by sizes."""
    return int(problem.run_max.max(initial=0)) <= MOST_SEATS


@dataclass(frozen=True, slots=True)
class _Place:
    """The arcs in one place of their runs' order; runs with most arcs come first, so that a place is a prefix of the runs.

    Parameters
    ----------
    arcs
        The arc of each run that has one in this place.
    counts
        (count, rows) pairs: which of these arcs may seat so many trainees.
    least
        Smallest class that each of these arcs accepts as its most demanding.
    """

    arcs: Ints
    counts: tuple[tuple[int, Ints], ...]
    least: Ints


@dataclass(frozen=True, slots=True)
class Filled:
    """Cost of the cheapest class of every run (infinite where none can be filled), shape (R,), and its trainees per arc, (A,)."""

    cost: Floats
    take: Ints


class Filler:
    """Fills a class of every run; what rules between classes or between groups forbid is left out, which only costs less."""

    def __init__(self, problem: CompactProblem, most: Ints) -> None:
        """Prepare the order of arcs.

        Parameters
        ----------
        most
            Most trainees that may use each arc in one class, 0 where nobody can; shape (A,).
        """
        self._num_arcs = problem.num_arcs
        self._width = int(problem.run_max.max(initial=0)) + 1
        usable = np.flatnonzero(most > 0)
        order = usable[np.lexsort((problem.arc_group[usable], problem.arc_min_size[usable], problem.arc_run[usable]))]
        run = problem.arc_run[order]
        degree = np.bincount(run, minlength=problem.num_runs)
        self._runs: Ints = np.argsort(-degree, kind="stable").astype(np.int64)
        rank = np.empty(problem.num_runs, dtype=np.int64)
        rank[self._runs] = np.arange(problem.num_runs)
        first = np.concatenate(([0], np.cumsum(degree)))[:-1]
        place = np.arange(len(order)) - first[run]
        by_place = np.lexsort((rank[run], place))
        order, place = order[by_place], place[by_place]
        part = np.maximum(problem.group_min_part, 1)
        self._most, self._once = problem.run_max[self._runs], problem.arc_group_cents.astype(np.float64)
        self._any_once = bool(problem.arc_group_cents.any())
        cut = np.searchsorted(place, np.arange(int(degree.max(initial=0)) + 1))
        self._places: list[_Place] = []
        for j in range(len(cut) - 1):
            arcs = order[cut[j] : cut[j + 1]]
            low, high = part[problem.arc_group[arcs]], most[arcs]
            counts = tuple(
                (count, np.flatnonzero((low <= count) & (count <= high))) for count in range(1, int(high.max(initial=0)) + 1)
            )
            least = np.maximum(problem.arc_min_size[arcs], problem.run_min[problem.arc_run[arcs]])
            self._places.append(_Place(arcs, counts, least))
        self._num_runs, self._least = problem.num_runs, problem.run_min[self._runs]

    def fill(self, reduced: Ints) -> Filled:
        """Return the cheapest class of every run.

        Parameters
        ----------
        reduced
            Cost of one trainee by each arc, negative where a seat pays; shape (A,).
        """
        cents = reduced.astype(np.float64)
        table = np.full((self._num_runs, self._width), np.inf)
        table[:, 0] = 0.0
        sizes = np.arange(self._width)
        best = np.where(self._least == 0, 0.0, np.inf)
        size, last = np.zeros(self._num_runs, dtype=np.int64), np.full(self._num_runs, -1, dtype=np.int64)
        choices: list[npt.NDArray[np.int8]] = []
        for j, place in enumerate(self._places):
            here = len(place.arcs)
            choices.append(self._extend(table, place, cents))
            offered = np.where((sizes >= place.least[:, None]) & (sizes <= self._most[:here, None]), table[:here], np.inf)
            found = np.argmin(offered, axis=1)
            value = offered[np.arange(here), found]
            better = value < best[:here]
            best[:here][better] = value[better]
            size[:here][better] = found[better]
            last[:here][better] = j
        return Filled(self._in_order(best), self._take(choices, size, last))

    def _extend(self, table: Floats, place: _Place, cents: Floats) -> npt.NDArray[np.int8]:
        """Let the next arc of every run join; returns how many trainees it brings to the best class of each size."""
        here = len(place.arcs)
        before = table[:here].copy()
        choice = np.zeros((here, self._width), dtype=np.int8)
        for count, rows in place.counts:
            if not len(rows) or count >= self._width:
                continue
            cost = cents[place.arcs[rows]] * count
            if self._any_once:
                cost = cost + self._once[place.arcs[rows]]
            offered = before[rows, : self._width - count] + cost[:, None]
            now = table[rows, count:]
            better = offered < now
            table[rows, count:] = np.where(better, offered, now)
            chosen = choice[rows, count:]
            chosen[better] = count
            choice[rows, count:] = chosen
        return choice

    def _take(self, choices: list[npt.NDArray[np.int8]], size: Ints, last: Ints) -> Ints:
        """Return the trainees per arc, read back from the last member to the first."""
        take = np.zeros(self._num_arcs, dtype=np.int64)
        left = size.copy()
        for j in range(len(choices) - 1, -1, -1):
            arcs = self._places[j].arcs
            here = np.flatnonzero(last[: len(arcs)] >= j)
            count = choices[j][here, left[here]].astype(np.int64)
            take[arcs[here]] = count
            left[here] -= count
        return take

    def _in_order(self, values: Floats) -> Floats:
        found = np.empty_like(values)
        found[self._runs] = values
        return found

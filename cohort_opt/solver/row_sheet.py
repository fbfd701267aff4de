"""A sheet of further rows and columns for a matrix: rows `sum coefficient * column <= limit`, each column filled for any plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cohort_opt.model.slots import Slots
from cohort_opt.problem.compact import Bools, CompactProblem, Ints

Floats = npt.NDArray[np.float64]
Fill = Callable[[Ints, Ints], list[float]]
"""Values of new columns for classes per slot and trainees per seat."""


@dataclass(slots=True)
class RowSheet:
    """Rows and columns while rules are written into them.

    Parameters
    ----------
    first
        Number of the first further column.
    x
        Column of the first seat.
    cost, upper, is_integer
        Of each further column; lower bounds are 0.
    row, column, coefficient, limit
        Entries and right-hand sides.
    """

    problem: CompactProblem
    slots: Slots
    first: int
    x: int
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_integer: list[bool] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    coefficient: list[float] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)
    _fills: list[Fill] = field(default_factory=list)

    def values(self, y: Ints, x: Ints) -> Floats:
        """Return the further columns for a plan."""
        return np.array([value for fill in self._fills for value in fill(y, x)], dtype=np.float64)

    def touched(self) -> Bools:
        """Return which seats stand in any of these rows: their trainees must be asked to be whole."""
        columns = np.array(self.column, dtype=np.int64)
        found = np.zeros(self.slots.num_seats, dtype=np.bool_)
        found[columns[(columns >= self.x) & (columns < self.x + self.slots.num_seats)] - self.x] = True
        return found

    def _new(self, cost: list[float], upper: list[float], fill: Fill, *, whole: bool = True) -> int:
        """Add columns and return the first of them."""
        start = self.first + len(self.cost)
        self.cost += cost
        self.upper += upper
        self.is_integer += [whole] * len(cost)
        self._fills.append(fill)
        return start

    def _post(self, terms: list[tuple[int, float]], most: float) -> None:
        """Add the row `sum coefficient * column <= most`."""
        self.row += [len(self.limit)] * len(terms)
        self.column += [column for column, _ in terms]
        self.coefficient += [coefficient for _, coefficient in terms]
        self.limit.append(most)

    def _members(self, slot: int, coefficient: float = 1.0) -> list[tuple[int, float]]:
        """Return the trainees of a slot as terms."""
        return [(self.x + seat, coefficient) for seat in self.slots.seats_of(slot).tolist()]

    def _slots_of(self, run: int) -> range:
        return range(int(self.slots.start[run]), int(self.slots.start[run + 1]))

    def _seats_of_arc(self, arc: int) -> list[int]:
        """Return the seats of an arc, one per slot of its run."""
        run = int(self.problem.arc_run[arc])
        place = arc - int(self.problem.arcs_of_run()[run])
        return [int(self.slots.seat_start[slot]) + place for slot in self._slots_of(run)]

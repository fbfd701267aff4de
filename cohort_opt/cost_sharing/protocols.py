"""What cost sharing needs from others: the cost of a coalition, and somebody who solves linear programs.

The rooms that search implement these; they are passed in, so that this room never imports them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class CoalitionValue(Protocol):
    """What a coalition would pay on its own."""

    def value(self, coalition: int) -> int:
        """Return the cost in cents of the coalition, a bit mask over the players; 0 for the empty one."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A linear condition `least <= sum coefficient * variable <= most`; `None` = no such side.

    Parameters
    ----------
    coefficients
        Pairs (variable, coefficient), each variable at most once.
    """

    coefficients: tuple[tuple[int, int], ...]
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class LinearAnswer:
    """A vertex of the optimal face of a linear program, in floating point.

    Parameters
    ----------
    values
        One for each variable.
    duals
        One for each row: the change of the optimum per unit of the side that binds; 0 where none does.
    """

    values: tuple[float, ...]
    duals: tuple[float, ...]


class LinearProgram(Protocol):
    """Solves linear programs over free variables."""

    def minimise(self, costs: Sequence[int], rows: Sequence[Row]) -> LinearAnswer | None:
        """Return an optimal vertex of `minimise costs * variables subject to rows`; `None` if the rows contradict each other.

        Raises
        ------
        SolverError
            If the program is unbounded or the engine gives up.
        """
        ...

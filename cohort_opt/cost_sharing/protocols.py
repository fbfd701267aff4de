"""What cost sharing needs from others: the cost of a coalition, and somebody who solves linear programs.

The rooms that search implement these; they are passed in, so that this room never imports them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias, runtime_checkable

from cohort_opt.problem.compact import Ints

Number: TypeAlias = int | Fraction
"""An exact number."""


class CoalitionValue(Protocol):
    """What a coalition would pay on its own."""

    def value(self, coalition: int) -> int:
        """Return the cost in cents of the coalition, a bit mask over the players; 0 for the empty one."""
        ...


@runtime_checkable
class TabulatedValue(CoalitionValue, Protocol):
    """A coalition value that can list all coalitions at once, faster than one by one."""

    def table(self) -> Ints:
        """Return the cost of every coalition in cents, shape (2**n,); entry 0 is 0."""
        ...


@runtime_checkable
class Objector(CoalitionValue, Protocol):
    """A coalition value that finds the coalition with most to gain by itself, where enumeration would take too long."""

    def strongest_objection(self, shares: Sequence[Fraction]) -> tuple[int, Fraction]:
        """Return a coalition, neither empty nor everybody, and what the most any such coalition pays above its own cost.

        The second figure is a bound: it equals the first coalition's excess where the search was exact.
        """
        ...


@dataclass(frozen=True, slots=True)
class Priced:
    """What a coalition would pay on its own, as far as it is known.

    Parameters
    ----------
    coalition
        A bit mask over the players.
    cents
        Cost of the best plan found for it: it can pay this, and perhaps less.
    least_cents
        Proven: no plan of it costs less.
    """

    coalition: int
    cents: int
    least_cents: int


class SolvedCoalitions(Protocol):
    """What coalitions would pay, found by solving: each answer carries what was proven."""

    def cost(self, coalition: int) -> Priced:
        """Return what a coalition would pay, neither empty nor with strangers."""
        ...

    def objections(self, shares: Sequence[int]) -> tuple[tuple[Priced, ...], int]:
        """Return coalitions that gain by leaving, the strongest first, and a bound.

        No coalition, neither empty nor everybody, pays more than the bound above what it would pay on its own. Coalitions that
        gain nothing may be among those returned.
        """
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A linear condition `least <= sum coefficient * variable <= most`; `None` = no such side.

    Parameters
    ----------
    coefficients
        Pairs (variable, coefficient), each variable at most once.
    """

    coefficients: tuple[tuple[int, Number], ...]
    least: Number | None = None
    most: Number | None = None


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

    def minimise(self, costs: Sequence[Number], rows: Sequence[Row]) -> LinearAnswer | None:
        """Return an optimal vertex of `minimise costs * variables subject to rows`; `None` if the rows contradict each other.

        Raises
        ------
        SolverError
            If the program is unbounded or the engine gives up.
        """
        ...

"""The excesses x(S) - v(S) of all coalitions as one family of forms, by enumeration or through an objector."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from cohort_opt.cost_sharing.exact import Span
from cohort_opt.cost_sharing.game import MAX_ENUMERATED, Game, Tools
from cohort_opt.cost_sharing.lexicographic import Family, Form
from cohort_opt.cost_sharing.protocols import LinearProgram, Objector
from cohort_opt.problem.compact import Ints

_MAX_INT = 2**62
"""Sums below this are kept in machine integers, others in Python's."""
Exact: TypeAlias = npt.NDArray[Any]
"""Whole numbers, as machine integers or as Python's."""


def needed(tools: Tools, method: str) -> LinearProgram:
    """Return the linear program of the tools.

    Raises
    ------
    ValueError
        If there is none.
    """
    if tools.linear_program is None:
        raise ValueError(f"method {method} needs a linear program; pass Tools(linear_program=...)")
    return tools.linear_program


def excess_form(game: Game, coalition: int, allowance: Fraction = Fraction(0)) -> Form:
    """Return the form x(S) - v(S) - allowance."""
    return Form(tuple(coalition >> i & 1 for i in range(game.num_players)), -game.value(coalition) - allowance)


def family_of(game: Game, allowance: Fraction = Fraction(0)) -> Family:
    """Return the excesses less an allowance: listed up to 16 players, else found by the game's objector.

    Raises
    ------
    ValueError
        If there are more players and the game has no objector.
    """
    if game.num_players <= MAX_ENUMERATED:
        return Enumerated(game, allowance)
    if isinstance(game.coalitions, Objector):
        return Objections(game, game.coalitions, allowance)
    raise ValueError(f"{game.num_players} players have too many coalitions to list, and the game has no objector")


def first_coalitions(game: Game) -> list[int]:
    """Return the coalitions to begin with: everybody alone, and everybody without one."""
    singles = [1 << i for i in range(game.num_players)]
    return sorted({*singles, *(game.everybody & ~single for single in singles)} - {0, game.everybody})


@dataclass(frozen=True, slots=True)
class Enumerated:
    """The excesses of all coalitions, neither empty nor everybody, listed; at most 16 players."""

    game: Game
    allowance: Fraction = Fraction(0)
    _values: Ints = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """List the values once."""
        object.__setattr__(self, "_values", self.game.table())

    def start(self) -> list[Form]:
        """Return the excesses of the coalitions to begin with."""
        return [self._form(coalition) for coalition in first_coalitions(self.game)]

    def largest(self, point: Sequence[Fraction], settled: Span, most: int) -> list[Form]:
        """Return the largest excesses that the equations leave open."""
        open_ones = self._open(settled)
        excess = self._scaled_excess(point)[open_ones]
        if not len(excess):
            return []
        order = np.argsort(-excess, kind="stable")[:most]
        return [self._form(int(open_ones[k])) for k in order]

    def _form(self, coalition: int) -> Form:
        members = tuple(coalition >> i & 1 for i in range(self.game.num_players))
        return Form(members, -int(self._values[coalition]) - self.allowance)

    def _open(self, settled: Span) -> Ints:
        """Return the coalitions whose share the equations do not determine: those not orthogonal to a direction still free."""
        free = np.zeros(1 << self.game.num_players, dtype=np.bool_)
        for direction in settled.kernel():
            scale = math.lcm(*(value.denominator for value in direction))
            free |= _sums([int(value * scale) for value in direction]) != 0
        free[0] = free[self.game.everybody] = False
        return np.nonzero(free)[0].astype(np.int64)

    def _scaled_excess(self, point: Sequence[Fraction]) -> Exact:
        """Return x(S) - v(S) of every coalition times a common denominator, exactly."""
        scale = math.lcm(*(value.denominator for value in point))
        paid = [int(value * scale) for value in point]
        exact = sum(map(abs, paid)) + scale * int(np.abs(self._values).max()) < _MAX_INT
        values: Exact = self._values if exact else self._values.astype(object)
        excess: Exact = _sums(paid) - scale * values
        return excess


def _sums(amounts: list[int]) -> Exact:
    """Return the sum over every coalition, shape (2**n,); in machine integers where they suffice."""
    small = sum(map(abs, amounts)) < _MAX_INT
    found: Exact = np.zeros(1 << len(amounts), dtype=np.int64 if small else object)
    for i, amount in enumerate(amounts):
        found[1 << i : 2 << i] = found[: 1 << i] + amount
    return found


@dataclass(frozen=True, slots=True)
class Objections:
    """The excesses of all coalitions, of which only the strongest is ever looked for."""

    game: Game
    objector: Objector
    allowance: Fraction = Fraction(0)

    def start(self) -> list[Form]:
        """Return the excesses of the coalitions to begin with."""
        return [excess_form(self.game, coalition, self.allowance) for coalition in first_coalitions(self.game)]

    def largest(self, point: Sequence[Fraction], settled: Span, most: int) -> list[Form]:
        """Return the largest excess; exact as long as only the sum of shares is settled.

        Raises
        ------
        ValueError
            If other equations hold: then the strongest objection may be settled, and the next one is not known.
        """
        if settled.rank > 1:
            raise ValueError("the strongest objection is known only before any coalition is settled")
        coalition, _ = self.objector.strongest_objection(point)
        return [excess_form(self.game, coalition, self.allowance)]

"""The cost game that a method divides: players, their seats, the cost to share and what each coalition would pay on its own."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from cohort_opt.cost_sharing.protocols import CoalitionValue, LinearProgram, TabulatedValue
from cohort_opt.problem.compact import Ints

MAX_ENUMERATED = 16
"""Most players whose coalitions are listed one by one: 65,536 of them, some seconds of work."""


@dataclass(frozen=True, slots=True)
class Game:
    """A cost game with n players, in ascending order of their ids.

    A coalition is a bit mask: player i belongs to it if bit i is set.

    Parameters
    ----------
    players
        Ids, ascending; shape (n,).
    seats
        Trainees of each player, at least 1; shape (n,).
    seat_days
        Trainee-days of each player, at least 1; shape (n,).
    total
        Cents to share: what the plan really costs, which may differ from what the coalition of all would pay at best.
    coalitions
        What a coalition would pay on its own, in cents.
    kinds
        Players with equal kinds are interchangeable; shape (n,). Empty = every player is of a kind of its own.
    """

    players: tuple[str, ...]
    seats: tuple[int, ...]
    seat_days: tuple[int, ...]
    total: int
    coalitions: CoalitionValue
    kinds: tuple[Hashable, ...] = ()

    @property
    def num_players(self) -> int:
        """Return n."""
        return len(self.players)

    @property
    def everybody(self) -> int:
        """Return the coalition of all players."""
        return (1 << len(self.players)) - 1

    def value(self, coalition: int) -> int:
        """Return the cost of a coalition in cents: nothing for nobody, the total for everybody, else what it would pay alone."""
        if coalition == 0:
            return 0
        return self.total if coalition == self.everybody else self.coalitions.value(coalition)

    def table(self) -> Ints:
        """Return the cost of every coalition, shape (2**n,); as `value` says it.

        Raises
        ------
        ValueError
            If there are more than 16 players.
        """
        if self.num_players > MAX_ENUMERATED:
            raise ValueError(f"{self.num_players} players have too many coalitions to list; at most {MAX_ENUMERATED} can be")
        if isinstance(self.coalitions, TabulatedValue):
            values = self.coalitions.table().copy()
        else:
            values = np.array([0, *(self.coalitions.value(s) for s in range(1, self.everybody + 1))], dtype=np.int64)
        values[self.everybody] = self.total
        return values

    def stand_alone(self) -> tuple[int, ...]:
        """Return what each player would pay alone, in cents; shape (n,)."""
        return tuple(self.coalitions.value(1 << i) for i in range(self.num_players))


@dataclass(frozen=True, slots=True)
class Tools:
    """What a method may use besides the game.

    Parameters
    ----------
    linear_program
        Solves linear programs; needed by core, nucleolus and equal profit only.
    seed, samples
        Of sampled methods: starting point of the pseudo-random sequence, number of joining orders drawn.
    """

    linear_program: LinearProgram | None = None
    seed: int = 1
    samples: int = 2_000


@dataclass(frozen=True, slots=True)
class Split:
    """An exact division of the total, before rounding to cents.

    Parameters
    ----------
    shares
        Exact shares in cents; they add up to the total; shape (n,).
    facts
        What the method has to say about it, for example `samples` or `excess_cents`.
    """

    shares: tuple[Fraction, ...]
    facts: dict[str, int | str] = field(default_factory=dict)


def proportional(total: int, weights: tuple[int, ...]) -> tuple[Fraction, ...]:
    """Return the total divided in proportion to the weights, exactly; equally if all weights are 0."""
    weight = sum(weights)
    if weight == 0:
        return tuple(Fraction(total, len(weights)) for _ in weights)
    return tuple(Fraction(total * w, weight) for w in weights)

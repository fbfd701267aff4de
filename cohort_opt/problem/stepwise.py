"""Grants and quotas as arrays: what the compact problem holds of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]

NO_POT = -1
HARD = -1
NO_END = -1


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Grants:
    """Steps of subsidies, N rows, P pots; rows of one arc add up.

    Parameters
    ----------
    arc, pot
        Arc of each row, and its pot or `NO_POT`; shape (N,).
    first_size, last_size, first_seat, last_seat
        Class sizes at which it is paid, and the seats of the arc's group in the class that bring it; shape (N,).
    cents
        What each of these seats brings; shape (N,).
    pot_cents
        What each pot holds; shape (P,).
    """

    arc: Ints
    pot: Ints
    first_size: Ints
    last_size: Ints
    first_seat: Ints
    last_seat: Ints
    cents: Ints
    pot_cents: Ints

    @classmethod
    def none(cls) -> Grants:
        """Return no grants."""
        return cls.of(np.zeros((0, 7), dtype=np.int64), _none())

    @classmethod
    def of(cls, table: Ints, pot_cents: Ints) -> Grants:
        """Return the grants in a table, shape (N, 7), whose columns are in the order of the fields."""
        arc, pot, first_size, last_size, first_seat, last_seat, cents = (table[:, i] for i in range(7))
        return cls(arc, pot, first_size, last_size, first_seat, last_seat, cents, pot_cents)

    def table(self) -> Ints:
        """Return the rows as a table, shape (N, 7)."""
        rows = (self.arc, self.pot, self.first_size, self.last_size, self.first_seat, self.last_seat, self.cents)
        return np.stack(rows, axis=1)

    def __len__(self) -> int:
        """Return N."""
        return len(self.arc)

    def brings(self, i: int, seats: int, size: int) -> int:
        """Return what row i brings if so many of its group sit in a class of this size, before its pot."""
        if not self.first_size[i] <= size <= self.last_size[i]:
            return 0
        return int(self.cents[i]) * max(0, min(seats, int(self.last_seat[i])) - int(self.first_seat[i]) + 1)

    def kept(self, arc_at: Ints) -> Grants:
        """Return the rows of the arcs that remain; `arc_at` is the new number of each arc, -1 where it is gone."""
        place = arc_at[self.arc] if len(self) else self.arc
        table = self.table()
        table[:, 0] = place
        return Grants.of(table[place >= 0], self.pot_cents)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Caps over several sums of seats: Q quotas, B blocks, S steps, E entries.

        use[s] = min(most[s], sum of amount * x over the entries of step s) - free[s]
        sum over blocks of max(0, max use over the steps of the block) <= limit, or `cents` for each unit above

    Parameters
    ----------
    names
        Name of each quota for people; length Q.
    limit, cents
        How much there is, and the price of each unit above or `HARD`; shape (Q,).
    block_quota, step_block
        Quota of each block, shape (B,), and block of each step, shape (S,).
    free, most
        What does not count and the most that counts or `NO_END`; shape (S,).
    start, arc, amount
        Step s owns the entries start[s] to start[s + 1].
    """

    names: tuple[str, ...]
    limit: Ints
    cents: Ints
    block_quota: Ints
    step_block: Ints
    free: Ints
    most: Ints
    start: Ints
    arc: Ints
    amount: Ints

    @classmethod
    def none(cls) -> Quotas:
        """Return no quotas."""
        return cls((), _none(), _none(), _none(), _none(), _none(), _none(), np.zeros(1, dtype=np.int64), _none(), _none())

    def __len__(self) -> int:
        """Return Q."""
        return len(self.names)

    def entries(self, step: int) -> slice:
        """Return where the entries of a step stand."""
        return slice(int(self.start[step]), int(self.start[step + 1]))

    def used(self, seats: Ints) -> Ints:
        """Return what trainees per arc use of each quota, shape (Q,)."""
        counted = np.zeros(len(self.free), dtype=np.int64)
        owner = np.repeat(np.arange(len(self.free), dtype=np.int64), np.diff(self.start))
        np.add.at(counted, owner, self.amount * seats[self.arc])
        counted = np.where(self.most == NO_END, counted, np.minimum(counted, self.most)) - self.free
        worst = np.zeros(len(self.block_quota), dtype=np.int64)
        np.maximum.at(worst, self.step_block, counted)
        found = np.zeros(len(self), dtype=np.int64)
        np.add.at(found, self.block_quota, worst)
        return found

    def quota_of_entry(self) -> Ints:
        """Return the quota of each entry, shape (E,)."""
        steps = np.repeat(np.arange(len(self.free), dtype=np.int64), np.diff(self.start))
        return self.block_quota[self.step_block[steps]] if len(steps) else steps

    def kept(self, arc_at: Ints) -> Quotas:
        """Return the quotas over the arcs that remain; those that lose every entry go."""
        place = arc_at[self.arc] if len(self.arc) else self.arc
        stays = place >= 0
        alive = np.unique(self.quota_of_entry()[stays])
        quota_at = np.full(len(self), -1, dtype=np.int64)
        quota_at[alive] = np.arange(len(alive))
        blocks = np.flatnonzero(quota_at[self.block_quota] >= 0) if len(self.block_quota) else _none()
        block_at = np.full(len(self.block_quota), -1, dtype=np.int64)
        block_at[blocks] = np.arange(len(blocks))
        steps = np.flatnonzero(block_at[self.step_block] >= 0) if len(self.step_block) else _none()
        owner = np.repeat(np.arange(len(self.free), dtype=np.int64), np.diff(self.start))
        length = np.bincount(owner[stays], minlength=len(self.free))[steps] if len(self.free) else _none()
        return Quotas(
            tuple(self.names[q] for q in alive.tolist()),
            self.limit[alive],
            self.cents[alive],
            quota_at[self.block_quota[blocks]],
            block_at[self.step_block[steps]],
            self.free[steps],
            self.most[steps],
            np.concatenate(([0], np.cumsum(length))).astype(np.int64),
            place[stays],
            self.amount[stays],
        )

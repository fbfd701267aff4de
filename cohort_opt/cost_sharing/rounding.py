"""From exact shares to cents: the largest remainder, with a tie-break that does not depend on any order of rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

from cohort_opt.problem.compact import Ints

MAX_STABLE = 12
"""Most companies for which every way to hand out the cents left over is tried."""


def round_to_cents(shares: Sequence[Fraction], ids: Sequence[str]) -> tuple[int, ...]:
    """Return whole cents that add up to the sum of the shares, each less than one cent away from its exact share.

    Method of the largest remainder (Hamilton): everybody pays the whole cents of its share, and the cents left over go to the
    largest fractions; among equal fractions to the smaller id. Since nobody moves by a whole cent, a share below a bound in
    whole cents stays within it.

    Parameters
    ----------
    shares
        Exact shares in cents; their sum is a whole number.
    ids
        Unique ids in the same order; they only break ties.

    Raises
    ------
    ValueError
        If the shares do not add up to whole cents: a method is wrong.
    """
    total = sum(shares, Fraction(0))
    if total.denominator != 1:
        raise ValueError(f"the shares add up to {total} cents: a method must divide a whole number of cents")
    cents = [math.floor(share) for share in shares]
    left = int(total) - sum(cents)
    order = sorted(range(len(shares)), key=lambda i: (cents[i] - shares[i], ids[i]))
    for i in order[:left]:
        cents[i] += 1
    return tuple(cents)


def round_stably(shares: Sequence[Fraction], ids: Sequence[str], costs: Ints) -> tuple[int, ...]:
    """Return whole cents as `round_to_cents`, the cents left over given so that groups object least.

    Rounding can push a group that pays exactly its own cost above it. So all ways to hand out the cents left over are tried; the
    strongest objection decides, then the largest fractions, then the ids.

    Parameters
    ----------
    costs
        What each coalition would pay on its own, shape (2**n,); at most 12 players.
    """
    floors = [math.floor(share) for share in shares]
    left = int(sum(shares, Fraction(0))) - sum(floors)
    open_ones = [i for i in range(len(shares)) if shares[i] != floors[i]]
    if len(shares) > MAX_STABLE or not left:
        return round_to_cents(shares, ids)
    base = _sums(floors) - costs
    base[0] = base[-1] = base[1:-1].min() if len(base) > 2 else 0

    def objection(chosen: tuple[int, ...]) -> tuple[int, Fraction, list[str]]:
        added = base + _sums([int(i in chosen) for i in range(len(shares))])
        added[0] = added[-1] = base[0]
        return max(0, int(added.max())), -sum((shares[i] - floors[i] for i in chosen), Fraction(0)), [ids[i] for i in chosen]

    best = min(combinations(open_ones, left), key=objection)
    return tuple(floor + int(i in best) for i, floor in enumerate(floors))


def _sums(amounts: Sequence[int]) -> Ints:
    """Return the sum over every coalition, shape (2**n,)."""
    found = np.zeros(1 << len(amounts), dtype=np.int64)
    for i, amount in enumerate(amounts):
        found[1 << i : 2 << i] = found[: 1 << i] + amount
    return found

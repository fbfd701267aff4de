"""Shapley value: what a company adds to the cost, averaged over all orders in which the companies could have joined.

    share[i] = sum over S without i of  |S|! (n - |S| - 1)! / n!  *  (v(S and i) - v(S))

Exact for up to 12 companies. Above, joining orders are drawn (each with its reverse, which halves the spread of most games) and
the largest standard error is stated. The draw does not look at names: it orders players by kind, and players of one kind get the
same share.

References
----------
Shapley (1953), doi:10.1515/9781400881970-018. Sampling: Castro, Gomez, Tejada (2009), doi:10.1016/j.cor.2008.04.004.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from cohort_opt.cost_sharing.game import Game, Split, Tools

MAX_EXACT = 12
"""Most players for the exact value: 4,096 coalitions."""


def split(game: Game, tools: Tools) -> Split:
    """Return the Shapley value, exact or sampled."""
    return _exact(game) if game.num_players <= MAX_EXACT else _sampled(game, tools)


def _exact(game: Game) -> Split:
    n = game.num_players
    values = game.table()
    size = np.array([s.bit_count() for s in range(1 << n)], dtype=np.int64)
    shares = []
    for i in range(n):
        without = np.nonzero((np.arange(1 << n) >> i & 1) == 0)[0]
        added = values[without | 1 << i] - values[without]
        by_size = [int(added[size[without] == k].sum()) for k in range(n)]
        weights = (math.factorial(k) * math.factorial(n - k - 1) for k in range(n))
        shares.append(Fraction(sum(w * a for w, a in zip(weights, by_size, strict=True)), math.factorial(n)))
    return Split(tuple(shares))


def _sampled(game: Game, tools: Tools) -> Split:
    order = _order_of_kinds(game)
    draw = random.Random(tools.seed)  # noqa: S311  (a draw of joining orders, not a secret)
    pairs = max(2, tools.samples // 2)
    sums, squares = [0] * game.num_players, [0] * game.num_players
    for _ in range(pairs):
        joining = order[:]
        draw.shuffle(joining)
        both = [a + b for a, b in zip(_added(game, joining), _added(game, joining[::-1]), strict=True)]
        for i, value in enumerate(both):
            sums[i] += value
            squares[i] += value * value
    shares = _alike(game, [Fraction(total, 2 * pairs) for total in sums])
    variances = [(square - total * total / pairs) / (pairs - 1) / 4 for total, square in zip(sums, squares, strict=True)]
    error = max(math.sqrt(max(0.0, variance) / pairs) for variance in variances)
    return Split(shares, {"samples": 2 * pairs, "standard_error_cents": math.ceil(error)})


def _order_of_kinds(game: Game) -> list[int]:
    """Return the players in an order that depends on what they are, not on their names (as far as kinds tell them apart)."""
    kinds = game.kinds or tuple(range(game.num_players))
    return sorted(range(game.num_players), key=lambda i: (repr(kinds[i]), game.players[i]))


def _added(game: Game, joining: Sequence[int]) -> list[int]:
    """Return what each player adds when they join in this order; shape (n,)."""
    added, coalition, before = [0] * game.num_players, 0, 0
    for i in joining:
        coalition |= 1 << i
        value = game.value(coalition)
        added[i], before = value - before, value
    return added


def _alike(game: Game, shares: list[Fraction]) -> tuple[Fraction, ...]:
    """Return the shares with those of one kind averaged: the exact value treats them alike, so the sample must."""
    kinds = game.kinds or tuple(range(game.num_players))
    by_kind: dict[object, list[Fraction]] = {}
    for kind, share in zip(kinds, shares, strict=True):
        by_kind.setdefault(kind, []).append(share)
    return tuple(sum(by_kind[kind], Fraction(0)) / len(by_kind[kind]) for kind in kinds)

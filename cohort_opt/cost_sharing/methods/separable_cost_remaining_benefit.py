"""Separable cost, remaining benefit: everybody pays what it adds last, and the rest in proportion to what joining still saves it.

    m[i] = v(N) - v(N without i)            separable cost
    r[i] = max(0, v({i}) - m[i])            remaining benefit
    share[i] = m[i] + (v(N) - sum of m) * r[i] / sum of r

If nobody has a remaining benefit the rest is divided by seats. The rest may be negative (a class in which everybody is needed to
reach the minimum); then it lowers the shares in the same proportion.

References
----------
Young, Okada, Hashimoto (1982), doi:10.1029/WR018i003p00463, section on the method of the Tennessee Valley Authority.
"""

from __future__ import annotations

from fractions import Fraction

from cohort_opt.cost_sharing.game import Game, Split, Tools, proportional


def split(game: Game, tools: Tools) -> Split:
    """Return separable costs and the rest by remaining benefits."""
    everybody = game.everybody
    separable = [game.total - game.value(everybody & ~(1 << i)) for i in range(game.num_players)]
    benefit = tuple(max(0, alone - own) for alone, own in zip(game.stand_alone(), separable, strict=True))
    rest = game.total - sum(separable)
    parts = proportional(rest, benefit if sum(benefit) else game.seats)
    return Split(tuple(Fraction(own) + part for own, part in zip(separable, parts, strict=True)))

"""Equal profit: of all stable splits, the one whose relative savings differ least.

    minimise f   subject to   x[i] / v({i}) - x[j] / v({j}) <= f for all i, j,   x in the core (in the least core if it is empty)

Where the optimum is not unique, the next largest differences are made small too, so that the answer is one point and does not
depend on the order of players (the original leaves it open).

References
----------
Frisk, Gothe-Lundgren, Jornsten, Ronnqvist (2010), doi:10.1016/j.ejor.2010.01.015 (working paper NHH 2006/15).
"""

from __future__ import annotations

from fractions import Fraction

from cohort_opt.cost_sharing.coalitions import needed
from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.lexicographic import Form, Listed, minimise_in_order
from cohort_opt.cost_sharing.stable import stable_rows


def split(game: Game, tools: Tools) -> Split:
    """Return the stable split with the least differences in relative saving.

    Raises
    ------
    ValueError
        If no linear program was given.
    """
    n = game.num_players
    if n == 1:
        return Split((Fraction(game.total),))
    program = needed(tools, "equal_profit")
    excess, hard = stable_rows(game, program, strict=False)
    alone = [max(1, value) for value in game.stand_alone()]
    forms = tuple(_difference(alone, i, j) for i in range(n) for j in range(n) if i != j)
    found = minimise_in_order(program, Listed(forms), ((1,) * n, game.total), hard)
    return Split(found.point, {"excess_cents": str(excess)})


def _difference(alone: list[int], i: int, j: int) -> Form:
    """Return the form x[i] / alone[i] - x[j] / alone[j], times the cost of the dearest alone to keep figures near 1."""
    top = max(alone)
    return Form(tuple(Fraction((k == i) * top, alone[i]) - Fraction((k == j) * top, alone[j]) for k in range(len(alone))))

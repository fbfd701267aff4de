"""Nucleolus: the split that makes the most dissatisfied coalition as content as possible, then the next, and so on.

    excess(S) = x(S) - v(S);  minimise the excesses of all coalitions, neither empty nor everybody, largest first

It is unique, treats interchangeable players alike, and lies in the core wherever there is one. Computed by a sequence of linear
programs with an exact proof (`lexicographic.py`); at most 16 players.

References
----------
Schmeidler (1969), doi:10.1137/0117107.
"""

from __future__ import annotations

from fractions import Fraction

from cohort_opt.cost_sharing.coalitions import Enumerated, needed
from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.lexicographic import minimise_in_order


def split(game: Game, tools: Tools) -> Split:
    """Return the nucleolus.

    Raises
    ------
    ValueError
        If no linear program was given, or there are more than 16 players.
    """
    if game.num_players == 1:
        return Split((Fraction(game.total),))
    program = needed(tools, "nucleolus")
    found = minimise_in_order(program, Enumerated(game), ((1,) * game.num_players, game.total))
    return Split(found.point, {"excess_cents": str(found.levels[0].value)})

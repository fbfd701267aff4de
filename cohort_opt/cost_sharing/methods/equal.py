"""Equal price per seat: everybody in the class pays the same for a seat.

    share[i] = cost * seats[i] / sum of seats

The plainest rule and the default. It asks for no stand-alone costs, and it does not promise that nobody pays more than alone:
`promises.py` says for each class whether it does.
"""

from __future__ import annotations

from cohort_opt.cost_sharing.game import Game, Split, Tools, proportional


def split(game: Game, tools: Tools) -> Split:
    """Return the total divided in proportion to the seats."""
    return Split(proportional(game.total, game.seats))

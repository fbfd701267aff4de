"""Least core: the splits that leave the most dissatisfied group as content as can be; among them, nearest to the equal price.

As `core`, but e is as small as possible even where it is negative: every group then gains at least -e by staying.

References
----------
Maschler, Peleg, Shapley (1979), doi:10.1287/moor.4.4.303.
"""

from __future__ import annotations

from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.stable import nearest_to_equal_price


def split(game: Game, tools: Tools) -> Split:
    """Return the split of the least core nearest to the equal price.

    Raises
    ------
    ValueError
        If no linear program was given.
    """
    return nearest_to_equal_price(game, tools, "least_core", strict=True)

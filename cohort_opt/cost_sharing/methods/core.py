"""Core: of all splits that no group would leave, the one nearest to the equal price; the least core where there is none.

    x(S) <= v(S) + e for every coalition S,   e = 0 if possible, else the least that is
    then minimise the prices per seat x[i] / seats[i], largest first

If the equal price is stable it is the answer. Coalitions are added only as they object (row generation): by enumeration up to 16
players, by the closed form of the class game above.

References
----------
Gillies (1959), doi:10.1515/9781400882168-005. Least core: Maschler, Peleg, Shapley (1979), doi:10.1287/moor.4.4.303.
"""

from __future__ import annotations

from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.stable import nearest_to_equal_price


def split(game: Game, tools: Tools) -> Split:
    """Return the stable split nearest to the equal price.

    Raises
    ------
    ValueError
        If no linear program was given.
    """
    return nearest_to_equal_price(game, tools, "core", strict=False)

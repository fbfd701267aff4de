"""Proportional to stand-alone cost: everybody saves the same percentage.

    share[i] = cost * v({i}) / sum of v({j})

Nobody pays more than alone as long as the class costs no more than all alone together; a group may still be better off apart.
If everybody's stand-alone cost is 0 the total is divided equally over the companies.

References
----------
Moriarity (1975), The Accounting Review 50(4), pages 791-795, in its plain form.
"""

from __future__ import annotations

from cohort_opt.cost_sharing.game import Game, Split, Tools, proportional


def split(game: Game, tools: Tools) -> Split:
    """Return the total divided in proportion to what each player would pay alone."""
    return Split(proportional(game.total, tuple(max(0, value) for value in game.stand_alone())))

"""Per hour: in proportion to the hours taught, counted as trainee-days.

    share[i] = cost * days[i] / sum of days,    days[i] = sum of seats * teaching days

In one class everybody attends the same days, so that the shares equal those of `equal`; the two differ where classes of different
length are shared as one game.
"""

from __future__ import annotations

from cohort_opt.cost_sharing.game import Game, Split, Tools, proportional


def split(game: Game, tools: Tools) -> Split:
    """Return the total divided in proportion to the trainee-days."""
    return Split(proportional(game.total, game.seat_days))

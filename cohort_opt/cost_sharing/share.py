"""Who pays what in each class of a plan: the cost of a class divided by a method, rounded to the cent."""

from __future__ import annotations

from cohort_opt.cost_sharing.class_game import class_games
from cohort_opt.cost_sharing.game import Tools
from cohort_opt.cost_sharing.methods import METHODS
from cohort_opt.cost_sharing.rounding import round_to_cents
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import CostShare
from cohort_opt.solution import Solution

NO_TOOLS = Tools()


def share_classes(
    instance: Instance, solution: Solution, method: str = "equal", tools: Tools = NO_TOOLS
) -> tuple[CostShare, ...]:
    """Return what each company pays for its seats in each class, sorted by class and company.

    The shares of a class add up to its cost (fixed plus seats) to the cent; the same plan gives the same cents whatever the
    order of rows.

    Parameters
    ----------
    method
        A name in `METHODS`.
    tools
        Linear programs, seed and samples for the methods that need them.

    Raises
    ------
    ValueError
        If the method is unknown, or needs a linear program and got none.
    """
    if method not in METHODS:
        raise ValueError(f"there is no sharing method {method!r}; choose one of {', '.join(sorted(METHODS))}")
    shares: list[CostShare] = []
    for class_id, game in class_games(instance, solution):
        cents = round_to_cents(METHODS[method](game, tools).shares, game.players)
        shares += [
            CostShare(class_id=class_id, company=company, seats=seats, share_cents=paid, method=method)
            for company, seats, paid in zip(game.players, game.seats, cents, strict=True)
        ]
    return tuple(sorted(shares, key=lambda share: (share.class_id, share.company)))

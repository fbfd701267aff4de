"""Splits that no group would leave, or as few as can be: the least allowance, and the point nearest to the equal price."""

from __future__ import annotations

from fractions import Fraction

from cohort_opt.cost_sharing.coalitions import family_of, needed
from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.lexicographic import Form, Hard, Level, Listed, minimise_in_order
from cohort_opt.cost_sharing.protocols import LinearProgram


def least_excess(game: Game, program: LinearProgram) -> Fraction:
    """Return the least e such that some split keeps x(S) <= v(S) + e for every coalition; proven exactly.

    Negative: every group gains by staying. Positive: the core is empty. One player has no coalition to fear: 0.
    """
    return Fraction(0) if game.num_players == 1 else _first_level(game, program).value


def stable_rows(game: Game, program: LinearProgram, strict: bool) -> tuple[Fraction, Hard]:
    """Return the least excess e and the conditions x(S) - v(S) <= allowance.

    The allowance is e itself where `strict` (the least core), else at least 0 (the core wherever there is one). Where it is e,
    the coalitions that prove e have this excess in every such split.
    """
    level = _first_level(game, program)
    allowance = level.value if strict else max(Fraction(0), level.value)
    tight = level.tight if allowance == level.value else ()
    less = tuple(Form(form.coefficients, form.constant - allowance) for form in tight)
    return level.value, Hard(family_of(game, allowance), less)


def _first_level(game: Game, program: LinearProgram) -> Level:
    return minimise_in_order(program, family_of(game), ((1,) * game.num_players, game.total), levels=1).levels[0]


def nearest_to_equal_price(game: Game, tools: Tools, method: str, strict: bool) -> Split:
    """Return the split within the (least) core whose prices per seat are least, the largest first."""
    if game.num_players == 1:
        return Split((Fraction(game.total),))
    program = needed(tools, method)
    excess, hard = stable_rows(game, program, strict)
    prices = tuple(
        Form(tuple(int(k == i) for k in range(game.num_players)), 0, seats) for i, seats in enumerate(game.seats)
    )  # fmt: skip
    found = minimise_in_order(program, Listed(prices), ((1,) * game.num_players, game.total), hard)
    return Split(found.point, {"excess_cents": str(excess)})

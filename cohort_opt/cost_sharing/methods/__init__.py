"""The registry of methods: each divides the cost of a game, exactly, in a file of its own."""

from typing import Protocol

from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.methods import (
    core,
    equal,
    equal_profit,
    least_core,
    nucleolus,
    per_hour,
    proportional_to_stand_alone,
    separable_cost_remaining_benefit,
    shapley,
)


class Method(Protocol):
    """A rule that divides the cost of a game."""

    def __call__(self, game: Game, tools: Tools) -> Split:
        """Return the exact shares; they add up to the total of the game."""
        ...


METHODS: dict[str, Method] = {
    "equal": equal.split,
    "per_hour": per_hour.split,
    "proportional_to_stand_alone": proportional_to_stand_alone.split,
    "shapley": shapley.split,
    "core": core.split,
    "least_core": least_core.split,
    "nucleolus": nucleolus.split,
    "equal_profit": equal_profit.split,
    "separable_cost_remaining_benefit": separable_cost_remaining_benefit.split,
}
"""Methods by the name that command, proposal and documentation use."""

NEED_LINEAR_PROGRAM = frozenset({"core", "least_core", "nucleolus", "equal_profit"})
"""Methods that ask for `Tools.linear_program`."""

"""The registry of methods: each divides the cost of a game, exactly, in a file of its own."""

from typing import Protocol

from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.methods import equal


class Method(Protocol):
    """A rule that divides the cost of a game."""

    def __call__(self, game: Game, tools: Tools) -> Split:
        """Return the exact shares; they add up to the total of the game."""
        ...


METHODS: dict[str, Method] = {
    "equal": equal.split,
}
"""Methods by the name that command, proposal and documentation use."""

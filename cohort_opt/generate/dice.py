"""Draws of whole numbers from a seed; the same seed gives the same draws on every machine."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Whole-number draws; no float is drawn, so that no platform can round differently.

    Parameters
    ----------
    seed
        Any text; `random.Random` hashes it with SHA-512, independent of `PYTHONHASHSEED`.
    """

    def __init__(self, seed: str) -> None:
        """Start the sequence of the seed."""
        self._random = random.Random(seed)  # noqa: S311  test data, nothing secret is drawn

    def between(self, least: int, most: int) -> int:
        """Return a whole number from least to most, both included."""
        return self._random.randrange(least, most + 1)

    def one_in(self, n: int) -> bool:
        """Return true once in n draws."""
        return self._random.randrange(n) == 0

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self._random.randrange(len(items))]

    def pick_weighted(self, items: Sequence[T], weights: Sequence[int]) -> T:
        """Return one of the items, each as often as its whole weight."""
        mark = self._random.randrange(sum(weights))
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        raise AssertionError("weights are positive")  # pragma: no cover

    def scatter(self, reach: int) -> int:
        """Return a whole number within reach of 0, small ones more often."""
        return self.between(-reach, reach) // 2 + self.between(-reach, reach) // 2

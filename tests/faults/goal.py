"""What a goal is, and what a run of it found."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Found:
    """What a run of one goal found.

    Parameters
    ----------
    done
        Faults or cases that were tried.
    misses
        One sentence for each case in which the goal did not hold, with what repeats it.
    measured
        Figures for the table.
    absent
        Why it could not run here; empty where it ran.
    """

    done: int = 0
    misses: list[str] = field(default_factory=list)
    measured: str = ""
    absent: str = ""


@dataclass(frozen=True)
class Run:
    """One run: its seed, its size and a folder of its own.

    Parameters
    ----------
    size
        1 = the default; 20 = twenty times as many cases.
    """

    seed: int
    size: int
    folder: Path

    def dice(self, name: str) -> random.Random:
        """Return a source of chance for one purpose, the same for the same seed."""
        return random.Random(f"{self.seed}/{name}")

    def own(self, name: str) -> Path:
        """Return a new empty folder."""
        path = self.folder / name
        path.mkdir(parents=True, exist_ok=True)
        return path


@dataclass(frozen=True)
class Goal:
    """One row of the table: its name in the list of goals, its sentence, and the function that tries it."""

    name: str
    sentence: str
    run: Callable[[Run], Found]

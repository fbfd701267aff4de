"""Robustness by sampling: trainees drop out, and lines that may come do or do not; which classes still hold their minimum?

Each sample draws, with a seed, who comes and who stays: a trainee of a line comes with its probability, and stays with the
survival of the course (or the one given). A class survives a sample if at least its minimum stays. Chances come with the
half-width of their 95 % interval (Wilson 1927, doi 10.1080/01621459.1927.10502953).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Reason
from cohort_opt.solution import Solution

_Z = 1.959964
"""Of a normal variable, 95 % lies within this many standard deviations."""


@dataclass(frozen=True, slots=True)
class ClassChance:
    """How surely one class keeps its minimum.

    Parameters
    ----------
    survived, samples
        Samples in which it did, of all.
    expected
        Trainees who stay, on average, in hundredths.
    """

    class_id: str
    course: str
    size: int
    min_seats: int
    survived: int
    samples: int
    expected_hundredths: int

    @property
    def percent(self) -> float:
        """Return the chance in percent."""
        return 100 * self.survived / self.samples

    @property
    def error_points(self) -> float:
        """Return the half-width of the 95 % interval in percentage points."""
        n, p = self.samples, self.survived / self.samples
        return 100 * _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))

    def said(self) -> Reason:
        """Return the chance in words."""
        return say(
            "class_chance",
            "{class_id} starts with {size} and keeps {min_seats} or more with a chance of {percent} % (± {error} points); "
            "{expected} stay on average",
            class_id=self.class_id, size=self.size, min_seats=self.min_seats, percent=f"{self.percent:.1f}",
            error=f"{self.error_points:.1f}", expected=f"{self.expected_hundredths / 100:.1f}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Robustness:
    """All classes of a plan, the weakest first, and the samples in which every class survived."""

    classes: tuple[ClassChance, ...]
    all_survived: int
    samples: int


def robustness(
    instance: Instance, solution: Solution, *, samples: int = 10_000, seed: int = 1, survival_percent: int | None = None
) -> Robustness:
    """Return the chance of each class of a plan to keep its minimum.

    Parameters
    ----------
    samples
        1 to 1,000,000.
    survival_percent
        Of every course that has none of its own, 1 to 100; `None` = everybody who comes stays.

    Raises
    ------
    InstanceError
        If a figure lies outside its range.
    """
    for name, value, most in (("samples", samples, 1_000_000), ("survival_percent", survival_percent or 100, 100)):
        if not 1 <= value <= most:
            raise InstanceError([InputProblem("out-of-range", name, str(value), f"lies outside 1 to {most}", "choose another")])
    rng = np.random.Generator(np.random.PCG64(seed))
    lines = {line.id: line for line in instance.demands}
    courses = {course.id: course for course in instance.courses}
    alive = np.ones(samples, dtype=np.bool_)
    found = []
    for planned in sorted(solution.classes, key=lambda c: c.id):
        course = courses[planned.course]
        survival = course.survival_percent or survival_percent or 100
        stay = np.zeros(samples, dtype=np.int64)
        for member in planned.members:
            chance = lines[member.demand].probability_percent * survival / 10_000
            stay += rng.binomial(member.count, chance, samples)
        holds = stay >= course.min_seats
        alive &= holds
        found.append(
            ClassChance(planned.id, course.name, planned.size, course.min_seats, int(holds.sum()), samples,
                        int(stay.sum()) * 100 // samples)
        )  # fmt: skip
    found.sort(key=lambda chance: (chance.survived, chance.class_id))
    return Robustness(tuple(found), int(alive.sum()), samples)

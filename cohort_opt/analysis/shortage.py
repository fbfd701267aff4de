"""Who asked and who is placed among all who could share a class with a waiting line; gap numbers by name."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.gap_number import Gap, circle_gap
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Reason
from cohort_opt.solution import Solution


@dataclass(frozen=True, slots=True)
class Shortage:
    """The figures of the first sentence of a repair.

    Parameters
    ----------
    asked, placed
        Trainees of the lines that could share a class with the waiting one, directly or through others.
    gap
        Where `asked` is a gap number: the classes that cannot hold it, and the nearest numbers that they can.
    """

    course: str
    asked: int
    placed: int
    gap: Gap | None = None

    def said(self) -> Reason:
        """Return the sentence: asked, placed, and the gap number by name."""
        if self.gap is None:
            return say(
                "shortage", "{asked} trainees ask for {course}, {placed} are placed.",
                asked=self.asked, course=self.course, placed=self.placed,
            )  # fmt: skip
        return say(
            "shortage",
            "{asked} trainees ask for {course}, {placed} are placed: {asked} cannot be split into classes of {min_seats} to "
            "{max_seats}, nor can any number from {gap_from} to {gap_to}.",
            asked=self.asked, course=self.course, placed=self.placed, min_seats=self.gap.min_seats,
            max_seats=self.gap.max_seats, gap_from=self.gap.fits + 1, gap_to=self.gap.next_fit - 1,
        )  # fmt: skip


def shortage_of(instance: Instance, solution: Solution, demand: str) -> Shortage:
    """Return who asked and who is placed around a demand line."""
    case = Case(instance, find_candidates(instance), solution)
    g = case.group[demand]
    gap = circle_gap(case, g)
    lines = (case.circle == case.circle[g]).nonzero()[0]
    asked, waiting = int(case.problem.group_count[lines].sum()), int(case.waiting[lines].sum())
    return Shortage(case.course(g), asked, asked - waiting, gap)

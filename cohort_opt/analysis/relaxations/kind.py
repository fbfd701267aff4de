"""What a relaxation is, and what its kinds may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from cohort_opt.problem.changes import Change
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Company, Course, Demand, Offering
from cohort_opt.proposal import Reason
from cohort_opt.solution import Solution


@dataclass(frozen=True, slots=True)
class Question:
    """Who waits: the demand line, and the plan in which it does."""

    instance: Instance
    solution: Solution
    demand: Demand
    waiting: int

    @property
    def course(self) -> Course:
        """Return the course that is asked for."""
        return next(course for course in self.instance.courses if course.id == self.demand.course)

    @property
    def company(self) -> Company:
        """Return the company that asks."""
        return next(company for company in self.instance.companies if company.id == self.demand.company)

    @property
    def offerings(self) -> tuple[Offering, ...]:
        """Return the offerings of the course."""
        return tuple(offering for offering in self.instance.offerings if offering.course == self.demand.course)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change that may place the line.

    Parameters
    ----------
    changes
        What to apply to the instance.
    said
        The change in words, with its facts.
    also
        A second change that goes with it, in words.
    """

    changes: tuple[Change, ...]
    said: Reason
    also: tuple[Reason, ...] = ()


RelaxationKind: TypeAlias = Callable[[Question], Iterator[Relaxation]]

"""A case before the judge: what is given, the plan, and lookups over the plan that are built once and shared by all rules.

The lookups may be asked only after `plan_form` passed: they trust that ids are known.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
from cohort_opt.solution import PlannedClass, Solution
from cohort_opt.verification.given import Given

Seated: TypeAlias = tuple[PlannedClass, Demand, int]
"""A class, a demand line that sits in it, and how many trainees of it."""


@dataclass(frozen=True)
class Case:
    """What every rule gets: the plan and what it must fit."""

    given: Given
    solution: Solution

    @property
    def instance(self) -> Instance:
        """Return the instance."""
        return self.given.instance

    @cached_property
    def seated(self) -> tuple[Seated, ...]:
        """Return every membership of the plan, in the order of the classes."""
        return tuple(
            (planned, self.given.demands[member.demand], member.count)
            for planned in self.solution.classes
            for member in planned.members
        )

    @cached_property
    def seats_by_demand(self) -> dict[str, list[tuple[PlannedClass, int]]]:
        """Return, for each line that has seats, its classes with the number of seats."""
        found: dict[str, list[tuple[PlannedClass, int]]] = defaultdict(list)
        for planned, demand, count in self.seated:
            found[demand.id].append((planned, count))
        return dict(found)

    @cached_property
    def classes_by_run(self) -> dict[str, list[PlannedClass]]:
        """Return the parallel classes of each run that opens."""
        found: dict[str, list[PlannedClass]] = defaultdict(list)
        for planned in self.solution.classes:
            found[planned.run].append(planned)
        return dict(found)

    @cached_property
    def without_seat(self) -> dict[str, int]:
        """Return how many of each line are counted as without a seat."""
        return {row.demand: row.count for row in self.solution.unplaced}

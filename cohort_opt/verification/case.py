"""A case before the judge: the instance, the plan, and lookups that are built once and shared by all rules.

Lookups over the instance hold for any plan. Those over the plan (`seated`, `seats_by_demand`, `classes_by_run`) may be asked
only after `plan_form` passed: they trust that ids are known.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Company, Course, Demand, InstructorPool, Offering, RoomPool, Site
from cohort_opt.solution import PlannedClass, Solution
from cohort_opt.verification.journey import estimated_road_km
from cohort_opt.verification.periods import Periods

Seated: TypeAlias = tuple[PlannedClass, Demand, int]
"""A class, a demand line that sits in it, and how many trainees of it."""


@dataclass(frozen=True)
class Case:
    """What every rule gets: the plan and the instance that it must fit."""

    instance: Instance
    solution: Solution

    @cached_property
    def companies(self) -> dict[str, Company]:
        """Return companies by id."""
        return {company.id: company for company in self.instance.companies}

    @cached_property
    def courses(self) -> dict[str, Course]:
        """Return courses by id."""
        return {course.id: course for course in self.instance.courses}

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Return sites by id."""
        return {site.id: site for site in self.instance.sites}

    @cached_property
    def rooms(self) -> dict[str, RoomPool]:
        """Return room pools by id."""
        return {room.id: room for room in self.instance.rooms}

    @cached_property
    def instructors(self) -> dict[str, InstructorPool]:
        """Return instructor pools by id."""
        return {pool.id: pool for pool in self.instance.instructors}

    @cached_property
    def offerings(self) -> dict[str, Offering]:
        """Return offerings by id."""
        return {offering.id: offering for offering in self.instance.offerings}

    @cached_property
    def demands(self) -> dict[str, Demand]:
        """Return demand lines by id."""
        return {demand.id: demand for demand in self.instance.demands}

    @cached_property
    def closed(self) -> Periods:
        """Return the closed days of the calendar."""
        return Periods(self.instance.calendar.closed)

    @cached_property
    def company_closed(self) -> dict[str, Periods]:
        """Return the closed days of each company that has any."""
        return {company.id: Periods(company.closed) for company in self.instance.companies if company.closed}

    @cached_property
    def _given_km(self) -> dict[tuple[str, str], int]:
        return {(row.company, row.site): row.km for row in self.instance.distances}

    @cached_property
    def _known_km(self) -> dict[tuple[str, str], int]:
        return {}

    def travel_km(self, company: str, site: str) -> int:
        """Return the single journey in whole km: the given distance, else the estimate."""
        pair = (company, site)
        if pair in self._given_km:
            return self._given_km[pair]
        if pair not in self._known_km:
            detour = self.instance.prices.detour_percent
            self._known_km[pair] = estimated_road_km(self.companies[company], self.sites[site], detour)
        return self._known_km[pair]

    @cached_property
    def seated(self) -> tuple[Seated, ...]:
        """Return every membership of the plan, in the order of the classes."""
        return tuple(
            (planned, self.demands[member.demand], member.count)
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
        return {member.demand: member.count for member in self.solution.unplaced}

    def unplaced_price_cents(self, demand: Demand) -> int:
        """Return the price of one trainee of the line without a seat."""
        return self.instance.prices.unplaced_cents if demand.unplaced_cents is None else demand.unplaced_cents


def weekday_name(day: dt.date) -> str:
    """Return `Monday` to `Sunday`, whatever the locale."""
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]

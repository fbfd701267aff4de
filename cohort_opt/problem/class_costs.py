"""What it costs to open a class, whatever its size: the offering's fixed cost, a hired room, and instructors who travel.

fixed_cents[offering] + hire_cents_per_half_day[room] * half days of the class
    + 2 * km(base, site) * travel_cents_per_km[pool] * days of the class, where the pool's base is another site
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.schedule import halves_of
from cohort_opt.problem.site_journeys import SiteJourneys


class Held(Protocol):
    """A class or a run: what it takes, where and when."""

    @property
    def offering(self) -> str:
        """Return the id of the offering."""

    @property
    def course(self) -> str:
        """Return the id of the course."""

    @property
    def site(self) -> str:
        """Return the id of the site."""

    @property
    def room(self) -> str:
        """Return the id of the pool of rooms."""

    @property
    def instructor(self) -> str:
        """Return the id of the pool of instructors."""

    @property
    def pattern(self) -> str:
        """Return the id of the pattern."""

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """Return all teaching days."""


@dataclass(slots=True)
class ClassCosts:
    """What opening a class costs; looks everything up once."""

    _offering_cents: dict[str, int]
    _hire_cents: dict[str, int]
    _travel: dict[str, tuple[str, int]]
    """Base and cents per km of the pools that travel at a price."""
    _halves: dict[tuple[str, str], int]
    _journeys: SiteJourneys

    @classmethod
    def of(cls, instance: Instance) -> ClassCosts:
        """Return the costs of an instance."""
        return cls(
            {offering.id: offering.fixed_cents for offering in instance.offerings},
            {room.id: room.hire_cents_per_half_day for room in instance.rooms if room.hire_cents_per_half_day},
            {
                pool.id: (pool.base, pool.travel_cents_per_km)
                for pool in instance.instructors
                if pool.base is not None and pool.travel_cents_per_km
            },
            {(course.id, p.id): len(halves_of(p.part)) for course in instance.courses for p in course.patterns},
            SiteJourneys.of(instance),
        )

    def fixed_cents(self, held: Held) -> int:
        """Return what opening the class (a class of the run) costs, whatever its size."""
        return self._offering_cents[held.offering] + self._hire(held) + self._way(held)

    def _hire(self, held: Held) -> int:
        cents = self._hire_cents.get(held.room)
        return 0 if cents is None else cents * len(held.dates) * self._halves[held.course, held.pattern]

    def _way(self, held: Held) -> int:
        if held.instructor not in self._travel:
            return 0
        base, cents_per_km = self._travel[held.instructor]
        return 0 if base == held.site else 2 * self._journeys.km(base, held.site) * cents_per_km * len(held.dates)

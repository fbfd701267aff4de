"""Legs into an instance, and how many of its journeys are measured and how many are estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Distance
from cohort_opt.travel.legs import Leg, Place, asked_legs


@dataclass(frozen=True, slots=True)
class Coverage:
    """Journeys that the demand lines could need: with a given distance, and estimated by great circle."""

    given: int
    estimated: int

    def __str__(self) -> str:
        """Return both figures in words."""
        told = f"{self.given} of {self.given + self.estimated} journeys have a given distance"
        return told if not self.estimated else f"{told}; {self.estimated} are estimates (great circle times the detour factor)"


def fill(instance: Instance, legs: Mapping[tuple[Place, Place], Leg | None]) -> Instance:
    """Return the instance with these distances; they replace given ones of the same start and site, all others stay.

    Raises
    ------
    InstanceError
        If a distance is longer than one may be.
    """
    rows = {(row.company, row.area, row.site): row for row in instance.distances}
    for (start, site), leg in legs.items():
        if leg is not None:
            company, area = (start.id, None) if start.kind == "company" else (None, start.id)
            rows[company, area, site.id] = Distance(company=company, area=area, site=site.id, km=leg.km, minutes=leg.minutes)
    fields = {name: getattr(instance, name) for name in type(instance).model_fields}
    return Instance(**{**fields, "distances": tuple(rows.values())})


def coverage(instance: Instance) -> Coverage:
    """Return how many journeys from the starts of its lines to its sites are given, and how many are estimates."""
    starts, sites = asked_legs(instance)
    given = {(row.company or row.area, row.site) for row in instance.distances}
    known = sum((start.id, site.id) in given for start in starts for site in sites)
    return Coverage(known, len(starts) * len(sites) - known)

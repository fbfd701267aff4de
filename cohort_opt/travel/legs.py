"""A leg is one way from where trainees start to a site; a router knows how far and how long it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cohort_opt.problem.instance import Instance


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A company (`company`), a living area (`area`) or a `site`, and where it lies in degrees (WGS 84)."""

    kind: str
    id: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Leg:
    """A single journey: whole km, rounded half up, and whole minutes, rounded up."""

    km: int
    minutes: int | None


class Router(Protocol):
    """Something that measures roads."""

    @property
    def name(self) -> str:
        """Name under which its answers are kept; another server or profile has another name."""

    def legs(self, starts: Sequence[Place], sites: Sequence[Place]) -> Mapping[tuple[Place, Place], Leg | None]:
        """Return every leg, `None` where there is no road.

        Raises
        ------
        TravelError
            If it does not answer, or not in the form that it should.
        """


def asked_legs(instance: Instance) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Return where trainees of the instance start, and its sites; a company whose lines all name an area is left out."""
    from_company = {demand.company for demand in instance.demands if demand.area is None}
    from_area = {demand.area for demand in instance.demands if demand.area is not None}
    starts = [Place("company", c.id, c.latitude, c.longitude) for c in instance.companies if c.id in from_company]
    starts += [Place("area", a.id, a.latitude, a.longitude) for a in instance.areas if a.id in from_area]
    return tuple(starts), tuple(Place("site", s.id, s.latitude, s.longitude) for s in instance.sites)

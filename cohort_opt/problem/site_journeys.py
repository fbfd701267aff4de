"""How far and how long it is from one site to another, for those who teach at both."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import great_circle_km, road_km
from cohort_opt.problem.records import Site, SiteDistance


@dataclass(slots=True)
class SiteJourneys:
    """The journeys between the sites of an instance; looks everything up once."""

    _instance: Instance
    _sites: dict[str, Site]
    _given: dict[frozenset[str], SiteDistance]

    @classmethod
    def of(cls, instance: Instance) -> SiteJourneys:
        """Return the journeys of an instance."""
        return cls(
            instance,
            {site.id: site for site in instance.sites},
            {frozenset((row.first, row.second)): row for row in instance.site_distances},
        )

    def km(self, first: str, second: str) -> int:
        """Return the single journey in km: the given distance, else the great-circle estimate times the detour factor."""
        if (given := self._given.get(frozenset((first, second)))) is not None:
            return given.km
        return road_km(great_circle_km(self._sites[first], self._sites[second]), self._instance.prices.detour_percent)

    def minutes(self, first: str, second: str) -> int:
        """Return the single journey in minutes: given, else from the km at the speed of the instance, rounded up."""
        given = self._given.get(frozenset((first, second)))
        if given is not None and given.minutes is not None:
            return given.minutes
        return -(-self.km(first, second) * 60 // self._instance.prices.speed_km_per_hour)

"""How the trainees of a line get to a class: where they start, how far and long it is, daily or staying there, and the cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import great_circle_km, road_km
from cohort_opt.problem.records import Area, Company, Demand, Distance, Site
from cohort_opt.problem.schedule import monday_of


@dataclass(slots=True)
class Journeys:
    """The journeys of an instance, one line and one site at a time; looks everything up once."""

    _instance: Instance
    _companies: dict[str, Company]
    _areas: dict[str, Area]
    _sites: dict[str, Site]
    _given: dict[tuple[str | None, str | None, str], Distance]

    @classmethod
    def of(cls, instance: Instance) -> Journeys:
        """Return the journeys of an instance."""
        return cls(
            instance,
            {company.id: company for company in instance.companies},
            {area.id: area for area in instance.areas},
            {site.id: site for site in instance.sites},
            {(row.company, row.area, row.site): row for row in instance.distances},
        )

    def _distance(self, demand: Demand, site: str) -> Distance | None:
        start = (demand.company, None) if demand.area is None else (None, demand.area)
        return self._given.get((*start, site))

    def km(self, demand: Demand, site: str) -> int:
        """Return the single journey in km: the given distance, else the great-circle estimate times the detour factor."""
        given = self._distance(demand, site)
        if given is not None:
            return given.km
        start = self._companies[demand.company] if demand.area is None else self._areas[demand.area]
        return road_km(great_circle_km(start, self._sites[site]), self._instance.prices.detour_percent)

    def minutes(self, demand: Demand, site: str) -> int:
        """Return the single journey in minutes: given, else from the km at the speed of the instance, rounded up."""
        given = self._distance(demand, site)
        if given is not None and given.minutes is not None:
            return given.minutes
        return -(-self.km(demand, site) * 60 // self._instance.prices.speed_km_per_hour)

    def is_daily(self, demand: Demand, site: str) -> bool:
        """Return whether the journey is within the line's limits, so that its trainees go home every day."""
        longest = demand.max_travel_minutes
        return self.km(demand, site) <= demand.max_travel_km and (longest is None or self.minutes(demand, site) <= longest)

    def may_stay(self, demand: Demand, site: str) -> bool:
        """Return whether the line would stay at the site during the week, and the site has beds."""
        return demand.accepts_boarding and self._sites[site].beds > 0

    def cents(self, demand: Demand, site: str, dates: Sequence[dt.date]) -> int:
        """Return what it costs one trainee to be there on these days: daily journeys, or weekly ones and the stay.

        Real money, like the seat; `travel_cents_per_km` there and back.
        """
        there_and_back = self.km(demand, site) * 2 * self._instance.prices.travel_cents_per_km
        if self.is_daily(demand, site) or not self.may_stay(demand, site):
            return there_and_back * len(dates)
        weeks = len({monday_of(day) for day in dates})
        return weeks * (there_and_back + self._sites[site].boarding_cents_per_week)

    def boarding_cents(self, demand: Demand, site: str, dates: Sequence[dt.date]) -> int:
        """Return the part of `cents` that one trainee's stay at the site costs; 0 for who goes home every day."""
        if self.is_daily(demand, site) or not self.may_stay(demand, site):
            return 0
        return len({monday_of(day) for day in dates}) * self._sites[site].boarding_cents_per_week

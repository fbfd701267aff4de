"""Integer costs of a class, a seat, a journey and a wait; distances in whole kilometres."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from cohort_opt.problem.compact import Ints
from cohort_opt.problem.records import Area, Company, Demand, Distance, InstanceRecords, Site

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth, IUGG (Moritz 2000, doi:10.1007/s001900050278)."""


def great_circle_km(company: Company | Area | Site, site: Site) -> float:
    """Return the great-circle distance between a company or an area and a site in km (haversine formula)."""
    lat1, lat2 = math.radians(company.latitude), math.radians(site.latitude)
    dlon = math.radians(site.longitude - company.longitude)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


def road_km(great_circle: float, detour_percent: int) -> int:
    """Return the estimated road distance in whole km, rounded half up."""
    return math.floor(great_circle * detour_percent / 100 + 0.5)


def journey_cents(km: int, num_days: int, travel_cents_per_km: int) -> int:
    """Return what one trainee's journeys to a class cost: there and back on each day."""
    return km * 2 * num_days * travel_cents_per_km


def waiting_cents(earliest_start: dt.date, start: dt.date, cents_per_week: int) -> int:
    """Return the price of one trainee's wait: whole weeks between the start asked for and the start of the class."""
    return (start - earliest_start).days // 7 * cents_per_week


def unplaced_price_cents(instance: InstanceRecords, demand: Demand) -> int:
    """Return the price of one trainee of the line without a seat, weighted by its probability and rounded half up."""
    price = instance.prices.unplaced_cents if demand.unplaced_cents is None else demand.unplaced_cents
    return (price * demand.probability_percent + 50) // 100


def least_size_for_price(fixed_cents: int, seat_cents: int, cap_cents: int) -> int | None:
    """Return the least class size at which a seat costs at most `cap_cents`; `None` if no size does.

    The price of a seat is `(fixed + seat * size) / size`, so `size >= fixed / (cap - seat)`.
    """
    if cap_cents < seat_cents or (cap_cents == seat_cents and fixed_cents > 0):
        return None
    return 0 if fixed_cents == 0 else -(-fixed_cents // (cap_cents - seat_cents))


@dataclass(frozen=True, slots=True)
class Distances:
    """All journeys as matrices `[start, site]`; starts are the companies, then the areas, in the order of the instance."""

    km: Ints
    minutes: Ints

    @classmethod
    def of(cls, instance: InstanceRecords) -> "Distances":
        """Return the matrices of an instance, shape (companies + areas, sites)."""
        starts: list[Company | Area] = [*instance.companies, *instance.areas]
        lat1 = np.radians(np.array([c.latitude for c in starts], dtype=np.float64))[:, None]
        lon1 = np.radians(np.array([c.longitude for c in starts], dtype=np.float64))[:, None]
        lat2 = np.radians(np.array([s.latitude for s in instance.sites], dtype=np.float64))[None, :]
        lon2 = np.radians(np.array([s.longitude for s in instance.sites], dtype=np.float64))[None, :]
        h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
        circle = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))
        km = np.floor(circle * instance.prices.detour_percent / 100 + 0.5).astype(np.int64)
        row = {(type(start).__name__, start.id): i for i, start in enumerate(starts)}
        column = {site.id: i for i, site in enumerate(instance.sites)}
        for given in instance.distances:
            km[row[_start_of(given)], column[given.site]] = given.km
        minutes = -(-km * 60 // instance.prices.speed_km_per_hour)
        for given in instance.distances:
            if given.minutes is not None:
                minutes[row[_start_of(given)], column[given.site]] = given.minutes
        return cls(km, minutes)


def starts_of_lines(instance: InstanceRecords) -> Ints:
    """Return the row in `Distances` where the trainees of each line start; shape (G,)."""
    company = {c.id: i for i, c in enumerate(instance.companies)}
    area = {a.id: len(instance.companies) + i for i, a in enumerate(instance.areas)}
    rows = [company[d.company] if d.area is None else area[d.area] for d in instance.demands]
    return np.array(rows, dtype=np.int64)


def _start_of(given: Distance) -> tuple[str, str]:
    return ("Area", given.area or "") if given.company is None else ("Company", given.company)

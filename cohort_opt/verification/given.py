"""What is given, with lookups that are built once, on first use, and shared by all rules and all plans of one instance."""

from dataclasses import dataclass
from functools import cached_property

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Area, Company, Course, Demand, InstructorPool, Offering, RoomPool, Site, SiteDistance
from cohort_opt.proposal import ClassEntry
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.journey import estimated_road_km
from cohort_opt.verification.periods import Periods


@dataclass(frozen=True)
class Given:
    """An instance and its lookups; records by id unless the name says otherwise."""

    instance: Instance

    @cached_property
    def companies(self) -> dict[str, Company]:
        """Return the companies."""
        return {company.id: company for company in self.instance.companies}

    @cached_property
    def courses(self) -> dict[str, Course]:
        """Return the courses."""
        return {course.id: course for course in self.instance.courses}

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Return the sites."""
        return {site.id: site for site in self.instance.sites}

    @cached_property
    def rooms(self) -> dict[str, RoomPool]:
        """Return the room pools."""
        return {room.id: room for room in self.instance.rooms}

    @cached_property
    def instructors(self) -> dict[str, InstructorPool]:
        """Return the instructor pools."""
        return {pool.id: pool for pool in self.instance.instructors}

    @cached_property
    def offerings(self) -> dict[str, Offering]:
        """Return the offerings."""
        return {offering.id: offering for offering in self.instance.offerings}

    @cached_property
    def demands(self) -> dict[str, Demand]:
        """Return the demand lines."""
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
    def _km(self) -> dict[tuple[str, str], int]:
        """Return the journeys known so far, by company or area: at first the given ones. No area looks like a company's row."""
        return {(row.company or _area(row.area), row.site): row.km for row in self.instance.distances}

    @cached_property
    def _minutes(self) -> dict[tuple[str, str], int]:
        """Return the given minutes, by company or area."""
        given = (row for row in self.instance.distances if row.minutes is not None)
        return {(row.company or _area(row.area), row.site): row.minutes or 0 for row in given}

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Return the living areas."""
        return {area.id: area for area in self.instance.areas}

    @cached_property
    def _halves(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the halves of a day that the patterns of each course take."""
        halves = {"day": ("morning", "afternoon"), "morning": ("morning",), "afternoon": ("afternoon",)}
        return {(course.id, p.id): halves[p.part] for course in self.instance.courses for p in course.patterns}

    def halves(self, course: str, pattern: str) -> tuple[str, ...]:
        """Return the halves of each day that a class takes; both where the course has no such pattern."""
        return self._halves.get((course, pattern), ("morning", "afternoon"))

    def line_km(self, demand: Demand, site: str) -> int:
        """Return the single journey of a line in whole km, from its area if it names one."""
        if demand.area is None:
            return self.travel_km(demand.company, site)
        pair = (_area(demand.area), site)
        if pair not in self._km:
            self._km[pair] = estimated_road_km(self.areas[demand.area], self.sites[site], self.instance.prices.detour_percent)
        return self._km[pair]

    def line_minutes(self, demand: Demand, site: str) -> int:
        """Return the single journey of a line in whole minutes: given, else from its km at the speed, rounded up."""
        start = demand.company if demand.area is None else _area(demand.area)
        if (start, site) in self._minutes:
            return self._minutes[start, site]
        whole, rest = divmod(60 * self.line_km(demand, site), self.instance.prices.speed_km_per_hour)
        return whole + (rest > 0)

    def is_beyond(self, demand: Demand, site: str) -> bool:
        """Return whether the daily journey is further or longer than the line accepts."""
        too_long = demand.max_travel_minutes is not None and self.line_minutes(demand, site) > demand.max_travel_minutes
        return too_long or self.line_km(demand, site) > demand.max_travel_km

    def stays(self, demand: Demand, site: str) -> bool:
        """Return whether trainees of the line stay at the site during the week: beyond their limits, willing, and with beds."""
        return demand.accepts_boarding and self.sites[site].beds > 0 and self.is_beyond(demand, site)

    def travel_km(self, company: str, site: str) -> int:
        """Return the single journey in whole km: the given distance, else the estimate."""
        pair = (company, site)
        if pair not in self._km:
            detour = self.instance.prices.detour_percent
            self._km[pair] = estimated_road_km(self.companies[company], self.sites[site], detour)
        return self._km[pair]

    @cached_property
    def _between(self) -> dict[frozenset[str], SiteDistance]:
        return {frozenset((row.first, row.second)): row for row in self.instance.site_distances}

    def km_between(self, first: str, second: str) -> int:
        """Return the single journey between two sites in whole km: given, else the estimate."""
        row = self._between.get(frozenset((first, second)))
        if row is not None:
            return row.km
        return estimated_road_km(self.sites[first], self.sites[second], self.instance.prices.detour_percent)

    def minutes_between(self, first: str, second: str) -> int:
        """Return the single journey between two sites in whole minutes: given, else from its km at the speed, rounded up."""
        row = self._between.get(frozenset((first, second)))
        if row is not None and row.minutes is not None:
            return row.minutes
        whole, rest = divmod(60 * self.km_between(first, second), self.instance.prices.speed_km_per_hour)
        return whole + (rest > 0)

    @cached_property
    def _hired(self) -> dict[str, int]:
        return {room.id: room.hire_cents_per_half_day for room in self.instance.rooms if room.hire_cents_per_half_day}

    @cached_property
    def _travelling(self) -> dict[str, InstructorPool]:
        return {p.id: p for p in self.instance.instructors if p.base is not None and p.travel_cents_per_km}

    def class_fixed_cents(self, held: PlannedClass | ClassEntry) -> int:
        """Return what a class costs whatever its size: opening it, the hire of its room, journeys of its instructors."""
        cents = self.offerings[held.offering].fixed_cents
        if held.room in self._hired:
            cents += self._hired[held.room] * len(held.dates) * len(self.halves(held.course, held.pattern))
        pool = self._travelling.get(held.instructor)
        if pool is not None and pool.base is not None and pool.base != held.site:
            cents += pool.travel_cents_per_km * 2 * self.km_between(pool.base, held.site) * len(held.dates)
        return cents

    def unplaced_price_cents(self, demand: Demand) -> int:
        """Return the price of one trainee of the line without a seat, at the probability that they come, rounded half up."""
        price = self.instance.prices.unplaced_cents if demand.unplaced_cents is None else demand.unplaced_cents
        whole, rest = divmod(price * demand.probability_percent, 100)
        return whole + (rest >= 50)


def _area(area: str | None) -> str:
    return f"area {area}"

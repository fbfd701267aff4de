"""What is given, with lookups that are built once, on first use, and shared by all rules and all plans of one instance."""

from dataclasses import dataclass
from functools import cached_property

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Company, Course, Demand, InstructorPool, Offering, RoomPool, Site
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
        """Return the journeys known so far: at first the given ones."""
        return {(row.company, row.site): row.km for row in self.instance.distances}

    def travel_km(self, company: str, site: str) -> int:
        """Return the single journey in whole km: the given distance, else the estimate."""
        pair = (company, site)
        if pair not in self._km:
            detour = self.instance.prices.detour_percent
            self._km[pair] = estimated_road_km(self.companies[company], self.sites[site], detour)
        return self._km[pair]

    def unplaced_price_cents(self, demand: Demand) -> int:
        """Return the price of one trainee of the line without a seat."""
        return self.instance.prices.unplaced_cents if demand.unplaced_cents is None else demand.unplaced_cents

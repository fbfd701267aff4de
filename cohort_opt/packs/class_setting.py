"""The class as rules see it: how many, when, how long, where, at what price."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
from cohort_opt.problem.runs import Run
from cohort_opt.solution import Member, PlannedClass

DAYS_PER_COURSE_WEEK = 5
"""Five teaching days are one course week (German chamber plans; `docs/rule-packs.md`)."""


@dataclass(frozen=True, slots=True)
class ClassSetting:
    """A class, planned or possible, with the figures that conditions and amounts refer to.

    Parameters
    ----------
    id
        Id of the class, or of the run where it is only possible.
    kind
        `block` or `day_release`.
    size
        Trainees in it at its start, at least 1.
    """

    id: str
    run: str
    offering: str
    course: str
    site: str
    site_municipality: str
    kind: str
    dates: tuple[dt.date, ...]
    size: int
    fixed_cents: int
    seat_cents: int

    @property
    def start(self) -> dt.date:
        """Return the first teaching day."""
        return self.dates[0]

    @property
    def end(self) -> dt.date:
        """Return the last teaching day."""
        return self.dates[-1]

    @property
    def weeks(self) -> int:
        """Return the number of calendar weeks (Monday to Sunday) with at least one teaching day."""
        return len({day.isocalendar()[:2] for day in self.dates})

    @property
    def days(self) -> int:
        """Return the number of teaching days."""
        return len(self.dates)

    @property
    def cost_cents(self) -> int:
        """Return what the class costs: fixed plus seats."""
        return self.fixed_cents + self.seat_cents * self.size

    @property
    def seat_price_cents(self) -> int:
        """Return the price of a seat, rounded down to the cent, so that no share of it is ever too large."""
        return self.cost_cents // self.size

    def of_size(self, size: int) -> ClassSetting:
        """Return the same class with another number of trainees."""
        return replace(self, size=size)


def setting_of_run(instance: Instance, run: Run, size: int) -> ClassSetting:
    """Return a class of a candidate run with `size` trainees."""
    return _setting(instance, run, run.id, run.id, run.kind, size)


def setting_of_class(instance: Instance, planned: PlannedClass) -> ClassSetting:
    """Return a class of a plan."""
    course = next(course for course in instance.courses if course.id == planned.course)
    kind = next(pattern.kind for pattern in course.patterns if pattern.id == planned.pattern)
    return _setting(instance, planned, planned.id, planned.run, kind, planned.size)


def _setting(instance: Instance, held: Run | PlannedClass, name: str, run: str, kind: str, size: int) -> ClassSetting:
    site = next(site for site in instance.sites if site.id == held.site)
    offering = next(offering for offering in instance.offerings if offering.id == held.offering)
    return ClassSetting(
        name, run, held.offering, held.course, held.site, site.municipality, kind, held.dates, size,
        ClassCosts.of(instance).fixed_cents(held), offering.seat_cents,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeatedLine:
    """`seats` of a demand line's trainees sit in a class."""

    demand: Demand
    municipality: str
    trade: str
    seats: int


def seated_lines(instance: Instance, members: tuple[Member, ...]) -> tuple[SeatedLine, ...]:
    """Return the members of a class with their demand lines, in the order given."""
    return tuple(seated_line(instance, member.demand, member.count) for member in members)


def seated_line(instance: Instance, demand_id: str, seats: int) -> SeatedLine:
    """Return `seats` trainees of a demand line with the municipality of its company and the trade of its course."""
    demand = next(demand for demand in instance.demands if demand.id == demand_id)
    company = next(company for company in instance.companies if company.id == demand.company)
    course = next(course for course in instance.courses if course.id == demand.course)
    return SeatedLine(demand, company.municipality, course.trade, seats)

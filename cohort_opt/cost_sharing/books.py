"""The figures of one class, worked out again from the rows of the instance: for the judge of promises, apart from all methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.class_sizes import class_minimum
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.records import Demand
from cohort_opt.solution import Member, PlannedClass


class Rows:
    """The rows of an instance by id; many classes are worked out from the same ones."""

    def __init__(self, instance: Instance) -> None:
        """Look everything up."""
        self.offerings = {o.id: o for o in instance.offerings}
        self.courses = {c.id: c for c in instance.courses}
        self.demands = {d.id: d for d in instance.demands}
        self.ways = Journeys.of(instance)
        self.costs = ClassCosts.of(instance)


class Books:
    """The figures of one class, read from the rows; `alone` may be negative where the journeys cost more than staying away."""

    def __init__(self, instance: Instance, planned: PlannedClass, rows: Rows | None = None) -> None:
        """Look everything up."""
        rows = rows or Rows(instance)
        self.instance = instance
        self.planned = planned
        self.offering = rows.offerings[planned.offering]
        self.fixed_cents = rows.costs.fixed_cents(planned)
        self.ways = rows.ways
        self.min_seats = class_minimum(rows.courses[planned.course]) or rows.courses[planned.course].min_seats
        self.demands = rows.demands
        self.companies = sorted({self.demands[m.demand].company for m in planned.members})
        self.lines = {c: [m for m in planned.members if self.demands[m.demand].company == c] for c in self.companies}
        self.seats = {c: sum(m.count for m in lines) for c, lines in self.lines.items()}
        self.journeys = {c: self._journeys(c) for c in self.companies}
        self.alone = {c: self._alone(c) for c in self.companies}
        self.cost = self.class_cost(self.companies)

    def class_cost(self, companies: Sequence[str]) -> int:
        """Return what the class costs with these companies in it."""
        return self.fixed_cents + sum(self.offering.seat_cents * self.seats[c] for c in companies)

    def may_hold(self, companies: Sequence[str]) -> bool:
        """Return whether these companies alone keep the minimum of the course and all their price caps."""
        size = sum(self.seats[c] for c in companies)
        caps = [self.demands[m.demand].max_seat_price_cents for c in companies for m in self.lines[c]]
        wishes = [self.demands[m.demand].min_class_size or 0 for c in companies for m in self.lines[c]]
        cost = self.class_cost(companies)
        return size >= max([self.min_seats, *wishes]) and all(cap is None or cost <= cap * size for cap in caps)

    def _alone(self, company: str) -> int:
        """Return the cheapest outside options of a company for these seats, less its journeys to the class."""
        outside = sum(self.outside_of(self.instance, self.demands[m.demand], m.count) for m in self.lines[company])
        return outside - self.journeys[company]

    def _journeys(self, company: str) -> int:
        there = self.planned
        return sum(m.count * self.ways.cents(self.demands[m.demand], there.site, there.dates) for m in self.lines[company])

    @staticmethod
    def outside_of(instance: Instance, demand: Demand, trainees: int) -> int:
        """Return the cheapest outside option of so many trainees of a line, waiting at its price included."""
        option, price = demand.outside, demand.unplaced_cents
        each = instance.prices.unplaced_cents if price is None else price
        waiting = (each * demand.probability_percent + 50) // 100 * trainees
        journey = option.travel_cents * trainees
        costs = [waiting]
        if option.list_price_cents is not None:
            costs.append(option.list_price_cents * trainees + journey)
        if option.own_course_fixed_cents is not None and option.own_course_seat_cents is not None:
            costs.append(option.own_course_fixed_cents + option.own_course_seat_cents * trainees + journey)
        return min(costs)


def without(books: Books, company: str) -> PlannedClass:
    """Return the class without one company."""
    return only(books, [other for other in books.companies if other != company])


def only(books: Books, companies: Sequence[str]) -> PlannedClass:
    """Return the class with the members of some companies alone."""
    planned = books.planned
    stay = tuple(m for m in planned.members if books.demands[m.demand].company in companies)
    return PlannedClass(planned.run, planned.number, planned.offering, planned.course, planned.site, planned.room,
                        planned.instructor, planned.start, planned.pattern, planned.dates, stay)  # fmt: skip


def renamed(books: Books, new: Mapping[str, str]) -> tuple[Instance, PlannedClass]:
    """Return the class and the rows it needs, with companies and lines under new names in reversed order."""
    instance, planned = books.instance, books.planned
    taught_by = {books.offering.instructor, *books.offering.instructor_alternatives}
    taught = {planned.course, *(other.course for other in books.offering.combines)}
    there = {planned.site, *(pool.base for pool in instance.instructors if pool.id in taught_by)}
    inside = sorted(m.demand for m in planned.members)
    lines = {name: f"line{len(inside) - i:05d}" for i, name in enumerate(inside)}
    small = Instance(
        name="renamed",
        calendar=instance.calendar,
        prices=instance.prices,
        companies=tuple(c.model_copy(update={"id": new[c.id]}) for c in instance.companies if c.id in new),
        courses=tuple(c for c in instance.courses if c.id in taught),
        sites=tuple(s for s in instance.sites if s.id in there),
        areas=instance.areas,
        rooms=tuple(r.model_copy(update={"owner": None}) for r in instance.rooms if r.id == planned.room),
        instructors=tuple(p.model_copy(update={"courses": (), "owner": None}) for p in instance.instructors if p.id in taught_by),
        offerings=(books.offering.model_copy(update={"reserved": ()}),),
        demands=tuple(
            d.model_copy(update={"id": lines[d.id], "company": new[d.company], "after": None, "buffer_site": None})
            for d in instance.demands
            if d.id in lines
        ),
        distances=tuple(
            d if d.company is None else d.model_copy(update={"company": new[d.company]})
            for d in instance.distances
            if (d.company is None or d.company in new) and d.site == planned.site
        ),
        site_distances=tuple(d for d in instance.site_distances if {d.first, d.second} <= there),
    )
    members = tuple(sorted(Member(lines[m.demand], m.count) for m in planned.members))
    return small, PlannedClass(planned.run, planned.number, planned.offering, planned.course, planned.site, planned.room,
                               planned.instructor, planned.start, planned.pattern, planned.dates, members)  # fmt: skip

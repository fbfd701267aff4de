"""Contradictions in the rules inside a class and between classes, named before anything is solved, with both ends."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from cohort_opt.problem.findings import Finding, Place, key_of, name_of
from cohort_opt.problem.records import Commitment, Demand, InstanceRecords


def taught_courses(records: InstanceRecords) -> set[str]:
    """Return the courses that some offering teaches or takes into its classes."""
    return {course for o in records.offerings for course in (o.course, *(other.course for other in o.combines))}


def _row(collection: str, record: Any, field: str, code: str, value: object, rule: str, remedy: str, *also: Place) -> Finding:
    places = (Place(collection, key_of(collection, record), field), *also)
    return Finding(code, name_of(collection, record), value, rule, remedy, places)


def _combined(records: InstanceRecords) -> Iterator[Finding]:
    known = {course.id for course in records.courses}
    for offering in records.offerings:
        names = [other.course for other in offering.combines]
        for name in sorted(set(names)):
            if name not in known:
                yield _row("offerings", offering, "combines", "unknown-reference", name, "courses has no row with this id",
                           "add it to courses or correct the id")  # fmt: skip
            elif name == offering.course or names.count(name) > 1:
                yield _row("offerings", offering, "combines", "contradictory-combination", name,
                           "the course stands twice among those of the offering", "name each course once",
                           Place("offerings", (offering.id,), "course"))  # fmt: skip


def _reserved(records: InstanceRecords) -> Iterator[Finding]:
    known = {company.id for company in records.companies}
    courses, rooms = {course.id: course for course in records.courses}, {room.id: room for room in records.rooms}
    for offering in records.offerings:
        names = [held.company for held in offering.reserved]
        for name in sorted(set(names)):
            if name not in known:
                yield _row("offerings", offering, "reserved", "unknown-reference", name, "companies has no row with this id",
                           "add it to companies or correct the id")  # fmt: skip
            elif names.count(name) > 1:
                yield _row("offerings", offering, "reserved", "contradictory-reservation", name,
                           "the company has two reservations here", "keep one of them")  # fmt: skip
        course, room = courses.get(offering.course), rooms.get(offering.room)
        seats = sum(held.seats for held in offering.reserved)
        if course and room and seats > min(course.max_seats, room.seats):
            yield _row("offerings", offering, "reserved", "contradictory-reservation", seats,
                       f"more seats are reserved than a class has: {min(course.max_seats, room.seats)}", "reserve fewer seats",
                       Place("courses", (course.id,), "max_seats"), Place("rooms", (room.id,), "seats"))  # fmt: skip


def _certainty(records: InstanceRecords) -> Iterator[Finding]:
    for demand in records.demands:
        other = Place("demands", (demand.id,), "certainty")
        if demand.certainty == "firm" and demand.probability_percent != 100:
            yield _row("demands", demand, "probability_percent", "contradictory-certainty", demand.probability_percent,
                       "a firm line comes for certain", "call it likely or maybe, or leave the probability out",
                       other)  # fmt: skip
        if demand.certainty != "firm" and demand.probability_percent == 100:
            yield _row("demands", demand, "probability_percent", "contradictory-certainty", demand.certainty,
                       "a line that is not firm comes with less than certainty", "give its probability, below 100",
                       other)  # fmt: skip


def _pairs(records: InstanceRecords) -> Iterator[Finding]:
    known = {name: {row.id for row in getattr(records, name)} for name in ("demands", "companies")}
    neighbours = {frozenset((pair.first, pair.second)): pair for pair in records.side_by_side}
    for collection in ("apart", "side_by_side"):
        for pair in getattr(records, collection):
            if pair.first == pair.second:
                yield _row(collection, pair, "second", "contradictory-pairs", pair.second, "both ends of the pair are the same",
                           "name two", Place(collection, key_of(collection, pair), "first"))  # fmt: skip
    for pair in records.apart:
        for field in ("first", "second"):
            if getattr(pair, field) not in known[pair.of]:
                yield _row("apart", pair, field, "unknown-reference", getattr(pair, field),
                           f"{pair.of} has no row with this id",
                           f"correct the id, or say what `of` names: {pair.of}")  # fmt: skip
        if pair.of == "demands" and (other := neighbours.get(frozenset((pair.first, pair.second)))):
            yield _row("apart", pair, "first", "contradictory-pairs", pair.second, "the same lines must sit side by side",
                       "drop one of the two", Place("side_by_side", key_of("side_by_side", other)))  # fmt: skip


def _targets(records: InstanceRecords) -> Iterator[Finding]:
    for course in records.courses:
        wish = course.target_seats
        if wish is None and course.off_target_cents:
            yield _row("courses", course, "target_seats", "missing-field", "", "the price of missing a size needs the size",
                       "give target_seats, or no price", Place("courses", (course.id,), "off_target_cents"))  # fmt: skip
        elif wish is not None and not course.min_seats <= wish <= course.max_seats:
            yield _row("courses", course, "target_seats", "out-of-range", wish,
                       f"a class holds {course.min_seats} to {course.max_seats}", "wish for a size within them",
                       Place("courses", (course.id,), "min_seats"), Place("courses", (course.id,), "max_seats"))  # fmt: skip


def _module_order(records: InstanceRecords) -> Iterator[Finding]:
    lines = {demand.id: demand for demand in records.demands}
    for demand in records.demands:
        first = lines.get(demand.after or "")
        if demand.max_gap_days is not None and demand.max_gap_days < demand.min_gap_days:
            yield _row("demands", demand, "max_gap_days", "contradictory-order", demand.max_gap_days,
                       f"the longest gap is below the shortest, {demand.min_gap_days}", "swap the two",
                       Place("demands", (demand.id,), "min_gap_days"))  # fmt: skip
        if first is None:
            continue
        if first.company != demand.company:
            yield _row("demands", demand, "after", "contradictory-order", first.id,
                       f"that line is of {first.company}, this one of {demand.company}", "name a line of the same company",
                       Place("demands", (first.id,), "company"))  # fmt: skip
        elif _follows_itself(demand, lines):
            yield _row("demands", demand, "after", "contradictory-order", first.id,
                       "the line follows itself, through others", "drop one of the links", Place("demands",
                       (first.id,), "after"))  # fmt: skip


def _follows_itself(demand: Demand, lines: dict[str, Demand]) -> bool:
    seen, here = {demand.id}, lines.get(demand.after or "")
    while here is not None:
        if here.id in seen:
            return here.id == demand.id
        seen.add(here.id)
        here = lines.get(here.after or "")
    return False


def _stand_alone(records: InstanceRecords) -> Iterator[Finding]:
    for demand in records.demands:
        outside = demand.outside
        if demand.not_above_alone and outside.own_course_fixed_cents is None and outside.list_price_cents is None:
            yield _row("demands", demand, "outside", "missing-field", "",
            "not_above_alone needs an outside option to compare with",
                       "give a list price or a course of its own", Place("demands", (demand.id,), "not_above_alone"))  # fmt: skip


def _budgets(records: InstanceRecords) -> Iterator[Finding]:
    for company in records.companies:
        first, last = company.budget_first, company.budget_last
        if company.budget_cents is None and (first or last):
            yield _row("companies", company, "budget_cents", "missing-field", "", "the period of a budget needs the budget",
                       "give budget_cents, or no period")  # fmt: skip
        elif first and last and first > last:
            yield _row("companies", company, "budget_last", "start-after-end", f"{first} to {last}",
                       "the period ends before it starts", "swap the two dates",
                       Place("companies", (company.id,), "budget_first"))  # fmt: skip


def _frozen(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each line with more frozen seats than it has trainees, and each frozen seat that a ban closes."""
    lines = {demand.id: demand for demand in records.demands}
    started: dict[str, list[Commitment]] = defaultdict(list)
    for held in records.commitments:
        if _stays(records, held):
            started[held.demand].append(held)
    for line, rows in sorted(started.items()):
        demand = lines.get(line)
        if demand and sum(held.count for held in rows) > demand.count:
            places = [Place("commitments", key_of("commitments", held), "count") for held in rows]
            yield Finding("contradictory-commitments", name_of("commitments", rows[0]), sum(held.count for held in rows),
                          f"the line has {demand.count} trainees, more seats are frozen",
                          "correct the count of the line or the seats",
                          (*places, Place("demands", (line,), "count")))  # fmt: skip
    bans = {(ban.run, ban.demand): ban for ban in records.bans}
    for held in records.commitments:
        for who in (None, held.demand):
            if _stays(records, held) and (ban := bans.get((held.run, who))):
                yield _row("commitments", held, "run", "contradictory-commitments", held.run,
                           f"the seats are frozen, and {name_of('bans', ban)} closes it", "drop the ban",
                           Place("bans", key_of("bans", ban)))  # fmt: skip


def _stays(records: InstanceRecords, held: Commitment) -> bool:
    """Return whether the seat is frozen."""
    weeks = dt.timedelta(weeks=records.prices.frozen_weeks)
    return held.state == "started" or (records.planning_date is not None and held.start < records.planning_date + weeks)


COUPLING_CHECKS: tuple[tuple[Callable[[InstanceRecords], Iterator[Finding]], frozenset[str]], ...] = (
    (_combined, frozenset({"courses"})),
    (_reserved, frozenset({"companies"})),
    (_certainty, frozenset()),
    (_pairs, frozenset({"demands", "companies"})),
    (_targets, frozenset()),
    (_module_order, frozenset()),
    (_stand_alone, frozenset()),
    (_budgets, frozenset()),
    (_frozen, frozenset({"prices", "planning_date"})),
)
"""(check, sections that it needs whole)"""

LINE_COUPLING_CHECKS: tuple[Callable[[InstanceRecords], Iterator[Finding]], ...] = (_certainty, _module_order, _stand_alone)
"""The checks that find what demand lines contradict among themselves or in their company."""

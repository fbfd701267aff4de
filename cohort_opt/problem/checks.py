"""What must hold between records: unique ids, references, windows inside the calendar, sizes, sums, pins that do not clash.

Every check yields all that it finds; nothing stops at the first. A check is one function and one line in `CHECKS`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cohort_opt.errors import InputProblem
from cohort_opt.problem.coupling_checks import COUPLING_CHECKS, LINE_COUPLING_CHECKS, taught_courses
from cohort_opt.problem.fields import MAX_HORIZON_DAYS, MAX_KM
from cohort_opt.problem.findings import KEYS, NOTHING_UNREAD, Finding, Place, Unread, by_id, key_of, name_of
from cohort_opt.problem.pin_checks import pinned_lines, pinned_runs, pins_and_bans
from cohort_opt.problem.quota_checks import QUOTA_CHECKS
from cohort_opt.problem.records import Block, Course, InstanceRecords, Mixed, Offering
from cohort_opt.problem.trade_checks import TRADE_CHECKS, class_size_wishes

MAX_EXACT_CENTS = 2**53
"""The last integer that a float of the solvers holds exactly."""

REFERENCES = (
    ("rooms", "site", "sites"),
    ("rooms", "owner", "companies"),
    ("offerings", "course", "courses"),
    ("offerings", "site", "sites"),
    ("offerings", "room", "rooms"),
    ("offerings", "instructor", "instructors"),
    ("offerings", "instructor_alternatives", "instructors"),
    ("instructors", "courses", "courses"),
    ("instructors", "owner", "companies"),
    ("demands", "company", "companies"),
    ("demands", "course", "courses"),
    ("demands", "area", "areas"),
    ("demands", "buffer_site", "sites"),
    ("distances", "company", "companies"),
    ("distances", "area", "areas"),
    ("distances", "site", "sites"),
    ("site_distances", "first", "sites"),
    ("site_distances", "second", "sites"),
    ("instructors", "base", "sites"),
    ("pins", "demand", "demands"),
    ("bans", "demand", "demands"),
    ("demands", "after", "demands"),
    ("commitments", "demand", "demands"),
    ("side_by_side", "first", "demands"),
    ("side_by_side", "second", "demands"),
    ("grants", "demand", "demands"),
    ("grants", "pot", "grant_pots"),
    ("starter_tests", "courses", "courses"),
    ("starter_tests", "companies", "companies"),
    ("starter_tests", "sites", "sites"),
)
"""(collection, field, collection that must have the id)"""


def find_problems(records: InstanceRecords) -> list[InputProblem]:
    """Return every contradiction between the records, in a fixed order; empty if there is none."""
    return [finding.problem(by_id) for finding in contradictions(records)]


def contradictions(records: InstanceRecords, unread: Unread = NOTHING_UNREAD) -> Iterator[Finding]:
    """Yield every contradiction between the records that were read; a check is left out if what it needs was not."""
    for check, needs in CHECKS:
        if not needs & unread.sections:
            yield from check(records)
    yield from _references(records, unread)


def _row(
    collection: str, record: Any, field: str, code: str, value: object, rule: str, remedy: str, *also: Place, every: bool = False
) -> Finding:
    places = (Place(collection, key_of(collection, record), field), *also)
    return Finding(code, name_of(collection, record), value, rule, remedy, places, every)


def contradictions_of_lines(records: InstanceRecords, ids: Mapping[str, Container[str]], base: BaseCents) -> Iterator[Finding]:
    """Yield what demand lines contradict in a base that was checked before.

    Parameters
    ----------
    records
        The lines, their company, and of the base at least the calendar, the prices, and the courses of the lines with an offering
        of each that is taught.
    ids
        By collection, all ids that the lines may name.
    base
        Of the whole base.
    """
    yield from _given_once(records, ("demands",))
    for check in LINE_CHECKS:
        yield from check(records)
    yield from _numeric_range(records, base)
    lines = {line.id for line in records.demands}
    for collection, field, target in REFERENCES:
        if collection == "demands":
            yield from _unknown(records, collection, field, target, lines if target == collection else ids[target])


def _given_once(records: InstanceRecords, collections: Iterable[str] = KEYS) -> Iterator[Finding]:
    for collection in collections:
        fields = KEYS[collection]
        rows = getattr(records, collection)
        counts = Counter(key_of(collection, row) for row in rows)
        for row in {key_of(collection, row): row for row in rows if counts[key_of(collection, row)] > 1}.values():
            number = counts[key_of(collection, row)]
            if fields == ("id",):
                code = "duplicate-line" if collection == "demands" else "duplicate-id"
                yield _row(collection, row, "id", code, row.id, f"the id stands on {number} rows of {collection}",
                           "give each row an id of its own or merge the rows", every=True)  # fmt: skip
            else:
                yield _row(collection, row, "", "duplicate-line", "", f"stands on {number} rows of {collection}",
                           "keep one of the rows", every=True)  # fmt: skip


def _horizon(records: InstanceRecords) -> Iterator[Finding]:
    calendar = records.calendar
    days = (calendar.end - calendar.start).days
    if days < 0:
        yield Finding("start-after-end", "Calendar", f"{calendar.start} to {calendar.end}", "the horizon ends before it starts",
                      "swap the two dates", (Place("calendar", field="end"), Place("calendar", field="start")))  # fmt: skip
    elif days > MAX_HORIZON_DAYS:
        yield Finding("outside-horizon", "Calendar", f"{days} days", f"the horizon is longer than {MAX_HORIZON_DAYS} days",
                      "plan a shorter period", (Place("calendar", field="end"), Place("calendar", field="start")))  # fmt: skip


def _references(records: InstanceRecords, unread: Unread) -> Iterator[Finding]:
    ids = {target: {row.id for row in getattr(records, target)} for _, _, target in REFERENCES}
    for collection, field, target in REFERENCES:
        yield from _unknown(records, collection, field, target, ids[target], unread.ids.get(target, ()))


def _unknown(
    records: InstanceRecords, collection: str, field: str, target: str, ids: Container[str], unread: Container[str] = ()
) -> Iterator[Finding]:
    for row in getattr(records, collection):
        named = getattr(row, field)
        for value in named if isinstance(named, tuple) else (named,):
            if value is None or value in ids or value in unread:
                continue
            code = "unknown-trade" if (collection, target) == ("demands", "courses") else "unknown-reference"
            yield _row(collection, row, field, code, value, f"{target} has no row with this id",
                       f"add it to {target} or correct the id")  # fmt: skip


def _rooms_at_their_site(records: InstanceRecords) -> Iterator[Finding]:
    rooms = {room.id: room for room in records.rooms}
    for offering in records.offerings:
        room = rooms.get(offering.room)
        if room and room.site != offering.site:
            rule = f"the room stands at site {room.site}, the offering is at {offering.site}"
            yield _row("offerings", offering, "room", "room-elsewhere", offering.room, rule, "name a room of the site",
                       Place("rooms", (room.id,), "site"))  # fmt: skip


def _taught_somewhere(records: InstanceRecords) -> Iterator[Finding]:
    known, taught = {course.id for course in records.courses}, taught_courses(records)
    for demand in records.demands:
        if demand.course in known - taught:
            yield _row("demands", demand, "course", "not-offered", f"{demand.count} trainees",
                       f"no site teaches {demand.course}", "add an offering or withdraw the demand")  # fmt: skip


def _windows(records: InstanceRecords) -> Iterator[Finding]:
    horizon = (records.calendar.start, records.calendar.end)
    for collection, first, last in (("demands", "earliest_start", "latest_start"), ("offerings", "first_start", "last_start")):
        for row in getattr(records, collection):
            start, end = getattr(row, first), getattr(row, last)
            other = Place(collection, (row.id,), first)
            if start > end:
                yield _row(collection, row, last, "start-after-end", f"{start} to {end}", f"{first} lies after {last}",
                           "swap the two dates", other)  # fmt: skip
            elif start > horizon[1] or end < horizon[0]:
                yield _row(collection, row, first, "outside-horizon", f"{start} to {end}",
                           f"the window lies outside the calendar {horizon[0]} to {horizon[1]}",
                           "move the window or the calendar", Place(collection, (row.id,), last))  # fmt: skip
            elif all((start + dt.timedelta(days=i)).weekday() > 4 for i in range(min((end - start).days, 6) + 1)):
                yield _row(collection, row, first, "empty-availability", f"{start} to {end}",
                           "the window holds no working day, so nothing can start in it", "widen the window",
                           Place(collection, (row.id,), last))  # fmt: skip


def _patterns_fit(records: InstanceRecords) -> Iterator[Finding]:
    courses = {course.id: course for course in records.courses}
    for offering in records.offerings:
        course = courses.get(offering.course)
        start = max(offering.first_start, records.calendar.start)
        room = (records.calendar.end - start).days + 1
        if course and 0 < room < (need := min(_least_days(course))) and offering.first_start <= offering.last_start:
            rule = f"the shortest pattern of {course.id} takes {need} calendar days, {room} are left in the calendar"
            yield _row("offerings", offering, "first_start", "outside-horizon", offering.first_start, rule,
                       "start earlier or lengthen the calendar", Place("calendar", field="end"),
                       Place("courses", (course.id,), "patterns"))  # fmt: skip


def _least_days(course: Course) -> Iterator[int]:
    """Yield the calendar days that each pattern takes at the very least, from the first teaching day to the last."""
    for pattern in course.patterns:
        if isinstance(pattern, Block):
            weeks, rest = divmod(pattern.days, 5)
            yield weeks * 7 + rest if rest else weeks * 7 - 2
        elif isinstance(pattern, Mixed):
            block = pattern.days // 5 * 7 + pattern.days % 5
            yield -(-block // 7) * 7 + 7 * (pattern.weeks - 1) + 1
        else:
            yield 7 * (pattern.weeks - 1) + 1


def _sizes(records: InstanceRecords) -> Iterator[Finding]:
    for course in records.courses:
        if course.min_seats > course.max_seats:
            yield _row("courses", course, "min_seats", "min-exceeds-max", course.min_seats,
                       f"the minimum is above max_seats {course.max_seats}", "lower the minimum or raise the maximum",
                       Place("courses", (course.id,), "max_seats"))  # fmt: skip
    for demand in records.demands:
        count = Place("demands", (demand.id,), "count")
        if demand.together and demand.min_part > 1:
            yield _row("demands", demand, "min_part", "contradictory-parts", demand.min_part,
                       "together and min_part are both set", "keep one of the two",
                       Place("demands", (demand.id,), "together"))  # fmt: skip
        elif demand.min_part > demand.count:
            yield _row("demands", demand, "min_part", "min-exceeds-max", demand.min_part,
                       f"the smallest part is above the count {demand.count}", "lower min_part", count)  # fmt: skip


def _rooms_hold_the_minimum(records: InstanceRecords) -> Iterator[Finding]:
    rooms, courses = {room.id: room for room in records.rooms}, {course.id: course for course in records.courses}
    for offering in records.offerings:
        course, room = courses.get(offering.course), rooms.get(offering.room)
        if course and room and course.min_seats > room.seats:
            rule = f"a class of {course.id} needs at least {course.min_seats} trainees, the room has {room.seats} seats"
            yield _row("offerings", offering, "room", "min-exceeds-capacity", offering.room, rule,
                       "name a larger room or lower the minimum", Place("courses", (course.id,), "min_seats"),
                       Place("rooms", (room.id,), "seats"))  # fmt: skip


def _outside_options(records: InstanceRecords) -> Iterator[Finding]:
    names = ("own_course_fixed_cents", "own_course_seat_cents")
    for demand in records.demands:
        given = [name for name in names if getattr(demand.outside, name) is not None]
        if len(given) == 1:
            missing = names[1 - names.index(given[0])]
            yield _row("demands", demand, f"outside/{missing}", "missing-field", "", "a course of its own needs both amounts",
                       f"give {missing} too, or neither", Place("demands", (demand.id,), f"outside/{given[0]}"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class BaseCents:
    """What the academy side can cost at most.

    Parameters
    ----------
    seat
        The dearest seat.
    classes
        Every class that could open.
    """

    seat: int
    classes: int


def base_cents(records: InstanceRecords) -> BaseCents:
    """Return what the academy side can cost at most; no demand line changes it."""
    missed = max((course.off_target_cents * course.max_seats for course in records.courses), default=0)
    return BaseCents(
        seat=max((offering.seat_cents for offering in records.offerings), default=0),
        classes=sum(_all_classes(o, records, missed) for o in records.offerings),
    )


def _numeric_range(records: InstanceRecords, base: BaseCents | None = None) -> Iterator[Finding]:
    """No sum of costs may reach 2**53, the last integer that a float of the solvers holds exactly."""
    base = base or base_cents(records)
    trainees = sum(demand.count for demand in records.demands)
    unplaced = max([records.prices.unplaced_cents, *(d.unplaced_cents or 0 for d in records.demands)])
    horizon = max((records.calendar.end - records.calendar.start).days, 0)
    longest_class = 60
    journey = records.prices.travel_cents_per_km * 2 * longest_class * MAX_KM
    waiting = records.prices.waiting_cents_per_week * (horizon // 7 + 1)
    changes = max(records.prices.change_cents_published, records.prices.change_cents_agreed)
    moved = changes * sum(held.count for held in records.commitments)
    brought = sum(grant.cents * (grant.last_seat - grant.first_seat + 1) for grant in records.grants)
    most = {demand.id: demand.count for demand in records.demands}
    over = sum(
        (quota.cents_over or 0) * sum(use.amount * most.get(line, 0) for use in quota.uses for line in use.demands)
        for quota in records.seat_quotas
    )
    support = sum((d.support_cents_per_day * longest_class + d.support_cents_once) * d.count for d in records.demands)
    worst = trainees * (base.seat + unplaced + journey + waiting) + moved + base.classes + brought + over + support
    if worst >= MAX_EXACT_CENTS:
        yield Finding("numeric-range", "Instance", f"{worst} cents", "the largest possible cost reaches 2^53 cents",
                      "lower prices or split the instance", (Place("prices"),))  # fmt: skip


def _all_classes(offering: Offering, records: InstanceRecords, extra_cents: int) -> int:
    """Return what it would cost to open every class of the offering."""
    days = (min(offering.last_start, records.calendar.end) - max(offering.first_start, records.calendar.start)).days
    starts = (max(days, 0) // 7 + 2) * len(offering.start_weekdays)
    patterns = max((len(course.patterns) for course in records.courses if course.id == offering.course), default=1)
    hire = sum(2 * room.hire_cents_per_half_day for room in records.rooms if room.id == offering.room)
    named = {offering.instructor, *offering.instructor_alternatives}
    way = max((2 * MAX_KM * pool.travel_cents_per_km for pool in records.instructors if pool.id in named), default=0)
    longest = max((getattr(p, "days", 0) + getattr(p, "weeks", 0) for c in records.courses for p in c.patterns), default=0)
    return (offering.fixed_cents + (hire + way) * longest + extra_cents) * offering.max_parallel * starts * patterns


LINE_CHECKS: tuple[Callable[[InstanceRecords], Iterator[Finding]], ...] = (
    _taught_somewhere,
    _windows,
    _sizes,
    _outside_options,
    class_size_wishes,
    *LINE_COUPLING_CHECKS,
)
"""The checks that look at demand lines, apart from those that compare them with rows that only a whole instance has."""

_ALL = frozenset(KEYS) | {"calendar", "prices"}
_RUNS = frozenset({"calendar", "courses", "offerings"})

CHECKS: tuple[tuple[Callable[[InstanceRecords], Iterator[Finding]], frozenset[str]], ...] = (
    (_given_once, frozenset()),
    (_horizon, frozenset({"calendar"})),
    (_rooms_at_their_site, frozenset()),
    (_taught_somewhere, frozenset({"offerings"})),
    (_windows, frozenset({"calendar"})),
    (_patterns_fit, frozenset({"calendar"})),
    (_sizes, frozenset()),
    (_rooms_hold_the_minimum, frozenset()),
    (_outside_options, frozenset()),
    *TRADE_CHECKS,
    (pins_and_bans, frozenset()),
    (pinned_lines, frozenset()),
    (pinned_runs, _RUNS),
    (_numeric_range, _ALL),
    *COUPLING_CHECKS,
    *QUOTA_CHECKS,
)
"""(check, sections that it needs whole)"""

"""What must hold between records: unique ids, references, windows inside the calendar, pins that do not clash.

Every function yields all problems it finds; nothing stops at the first. The subject names the object as `Demand[id]`, and the
pointer is `/collection/id/field`; readers replace the id by the position or the cell where it was read.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cohort_opt.errors import InputProblem
from cohort_opt.problem.fields import MAX_HORIZON_DAYS
from cohort_opt.problem.records import InstanceRecords

COLLECTIONS = ("companies", "courses", "sites", "rooms", "instructors", "offerings", "demands")


def find_problems(records: InstanceRecords) -> list[InputProblem]:
    """Return every contradiction between the records, in a fixed order; empty if there is none."""
    checks = (_unique_ids, _calendar, _references, _windows, _sizes, _outside_options, _pins, _numeric_range)
    return [problem for check in checks for problem in check(records)]


def _problem(
    collection: str, record: Any, field: str, code: str, value: object, rule: str, remedy: str, key: str = ""
) -> InputProblem:
    name = key or record.id
    return InputProblem(
        code,
        f"{type(record).__name__}[{name}]",
        str(value)[:80],
        rule,
        remedy,
        f"/{collection}/{name}/{field}".rstrip("/"),
    )


def _unique_ids(records: InstanceRecords) -> Iterator[InputProblem]:
    for collection in COLLECTIONS:
        rows = getattr(records, collection)
        counts = Counter(row.id for row in rows)
        for row in {row.id: row for row in rows if counts[row.id] > 1}.values():
            code = "duplicate-line" if collection == "demands" else "duplicate-id"
            rule = f"the id stands on {counts[row.id]} rows of {collection}"
            yield _problem(collection, row, "id", code, row.id, rule, "give each row an id of its own or merge the rows")
    for collection, names in (
        ("distances", ("company", "site")),
        ("pins", ("demand", "run")),
        ("bans", ("run", "demand")),
    ):
        keys = Counter(tuple(getattr(row, name) for name in names) for row in getattr(records, collection))
        for row in getattr(records, collection):
            key = tuple(getattr(row, name) for name in names)
            if keys.pop(key, 0) > 1:
                shown = ", ".join(str(part) for part in key if part is not None)
                yield _problem(collection, row, "", "duplicate-line", "", "is given twice", "keep one of the rows", shown)


def _calendar(records: InstanceRecords) -> Iterator[InputProblem]:
    calendar = records.calendar
    days = (calendar.end - calendar.start).days
    place = {"subject": "Calendar", "pointer": "/calendar/end"}
    if days < 0:
        yield InputProblem(
            "start-after-end", value=f"{calendar.start} to {calendar.end}", rule="the horizon ends before it starts",
            remedy="swap the two dates", **place,
        )  # fmt: skip
    elif days > MAX_HORIZON_DAYS:
        yield InputProblem(
            "outside-horizon", value=f"{days} days", rule=f"the horizon is longer than {MAX_HORIZON_DAYS} days",
            remedy="plan a shorter period", **place,
        )  # fmt: skip
    for collection, rows in (
        ("companies", records.companies),
        ("rooms", records.rooms),
        ("instructors", records.instructors),
    ):
        for row in rows:
            for period in getattr(row, "closed", ()) or getattr(row, "absences", ()):
                if period.first > period.last:
                    field = "closed" if collection == "companies" else "absences"
                    yield _problem(collection, row, field, "start-after-end", f"{period.first} to {period.last}",
                                   "the period ends before it starts", "swap the two dates")  # fmt: skip
    for period in calendar.closed:
        if period.first > period.last:
            yield InputProblem("start-after-end", f"Calendar closed period {period.name}", f"{period.first} to {period.last}",
                               "the period ends before it starts", "swap the two dates", "/calendar/closed")  # fmt: skip


def _references(records: InstanceRecords) -> Iterator[InputProblem]:
    ids = {collection: {row.id for row in getattr(records, collection)} for collection in COLLECTIONS}
    wanted = (
        ("rooms", "site", "sites"),
        ("offerings", "course", "courses"),
        ("offerings", "site", "sites"),
        ("offerings", "room", "rooms"),
        ("offerings", "instructor", "instructors"),
        ("demands", "company", "companies"),
        ("demands", "course", "courses"),
        ("distances", "company", "companies"),
        ("distances", "site", "sites"),
        ("pins", "demand", "demands"),
        ("bans", "demand", "demands"),
    )
    for collection, field, target in wanted:
        for row in getattr(records, collection):
            value = getattr(row, field)
            if value is not None and value not in ids[target]:
                key = getattr(row, "id", "") or f"{getattr(row, 'run', '') or row.company}"
                yield _problem(collection, row, field, "unknown-reference", value, f"{target} has no row with this id",
                               f"add it to {target} or correct the id", key)  # fmt: skip
    room_site = {room.id: room.site for room in records.rooms}
    for offering in records.offerings:
        if room_site.get(offering.room, offering.site) != offering.site:
            rule = f"the room stands at site {room_site[offering.room]}, the offering is at {offering.site}"
            yield _problem("offerings", offering, "room", "room-elsewhere", offering.room, rule, "name a room of the site")
    taught = {offering.course for offering in records.offerings}
    for demand in records.demands:
        if demand.course in ids["courses"] and demand.course not in taught:
            yield _problem("demands", demand, "course", "not-offered", f"{demand.count} trainees",
                           f"no site teaches {demand.course}", "add an offering or withdraw the demand")  # fmt: skip


def _windows(records: InstanceRecords) -> Iterator[InputProblem]:
    horizon = (records.calendar.start, records.calendar.end)
    for collection, first, last in (
        ("demands", "earliest_start", "latest_start"),
        ("offerings", "first_start", "last_start"),
    ):
        for row in getattr(records, collection):
            start, end = getattr(row, first), getattr(row, last)
            if start > end:
                yield _problem(collection, row, last, "start-after-end", f"{start} to {end}",
                               f"{first} lies after {last}", "swap the two dates")  # fmt: skip
            elif start > horizon[1] or end < horizon[0] or not _sane(start) or not _sane(end):
                yield _problem(collection, row, first, "outside-horizon", f"{start} to {end}",
                               f"the window lies outside the calendar {horizon[0]} to {horizon[1]}",
                               "move the window or the calendar")  # fmt: skip


def _sane(day: dt.date) -> bool:
    return dt.date(2000, 1, 1) <= day <= dt.date(2100, 12, 31)


def _sizes(records: InstanceRecords) -> Iterator[InputProblem]:
    for course in records.courses:
        if course.min_seats > course.max_seats:
            yield _problem("courses", course, "min_seats", "min-exceeds-max", course.min_seats,
                           f"the minimum is above max_seats {course.max_seats}", "lower the minimum or raise the maximum")  # fmt: skip
    seats = {room.id: room.seats for room in records.rooms}
    courses = {course.id: course for course in records.courses}
    for offering in records.offerings:
        found = courses.get(offering.course)
        if found and offering.room in seats and found.min_seats > seats[offering.room]:
            rule = f"courses/{found.id}/min_seats is {found.min_seats}, the room has {seats[offering.room]} seats"
            yield _problem("offerings", offering, "room", "min-exceeds-capacity", offering.room, rule,
                           "name a larger room or lower the minimum")  # fmt: skip
    for demand in records.demands:
        if demand.together and demand.min_part > 1:
            yield _problem("demands", demand, "min_part", "contradictory-parts", demand.min_part,
                           "together and min_part are both set", "keep one of the two")  # fmt: skip
        elif demand.min_part > demand.count:
            yield _problem("demands", demand, "min_part", "min-exceeds-max", demand.min_part,
                           f"the smallest part is above the count {demand.count}", "lower min_part")  # fmt: skip


def _outside_options(records: InstanceRecords) -> Iterator[InputProblem]:
    for demand in records.demands:
        outside = demand.outside
        if (outside.own_course_fixed_cents is None) != (outside.own_course_seat_cents is None):
            yield _problem("demands", demand, "outside", "missing-field", "", "a course of its own needs both amounts",
                           "give own_course_fixed_cents and own_course_seat_cents, or neither")  # fmt: skip


def _pins(records: InstanceRecords) -> Iterator[InputProblem]:
    bans = {(ban.run, ban.demand) for ban in records.bans}
    count = {demand.id: demand.count for demand in records.demands}
    pinned: Counter[str] = Counter()
    for pin in records.pins:
        key = f"{pin.demand}, {pin.run}"
        for banned in ((pin.run, None), (pin.run, pin.demand)):
            if banned in bans:
                shown = "the run" if banned[1] is None else f"{pin.demand} in the run"
                yield _problem("pins", pin, "", "contradictory-pins", f"{pin.count} in {pin.run}",
                               f"Ban[{pin.run}] closes {shown}", "drop the pin or the ban", key)  # fmt: skip
        pinned[pin.demand] += pin.count
        if pin.demand in count and pinned[pin.demand] > count[pin.demand]:
            yield _problem("pins", pin, "count", "contradictory-pins", pinned[pin.demand],
                           f"the pins of this line hold more than its count {count[pin.demand]}", "lower one of the pins",
                           key)  # fmt: skip


def _numeric_range(records: InstanceRecords) -> Iterator[InputProblem]:
    """No sum of costs may reach 2**53, the last integer that a float of the solvers holds exactly."""
    trainees = sum(demand.count for demand in records.demands)
    seat = max((offering.seat_cents for offering in records.offerings), default=0)
    unplaced = max([records.prices.unplaced_cents, *(d.unplaced_cents or 0 for d in records.demands)])
    horizon = max((records.calendar.end - records.calendar.start).days, 0)
    journey = records.prices.travel_cents_per_km * 2 * 60 * 2_000 * 3
    waiting = records.prices.waiting_cents_per_week * (horizon // 7 + 1)
    classes = sum(o.fixed_cents * o.max_parallel * (horizon // 7 + 1) * 5 for o in records.offerings)
    worst = trainees * (seat + unplaced + journey + waiting) + classes
    if worst >= 2**53:
        yield InputProblem("numeric-range", "Instance", f"{worst} cents", "the largest possible cost reaches 2^53 cents",
                           "lower prices or split the instance", "/prices")  # fmt: skip

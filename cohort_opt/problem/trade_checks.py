"""What must hold between records for the rules of the trade: each contradiction with both its ends.

A check is one function and one line in `TRADE_CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cohort_opt.problem.class_sizes import least_start, most_accepted, most_merged
from cohort_opt.problem.findings import Finding, Place, key_of, name_of
from cohort_opt.problem.records import Course, InstanceRecords, Pattern

MOST_SITES = 8
"""Sites of a pool whose journeys are limited: the rows of `instructor_travel` double with each further site."""


def row_finding(
    collection: str, record: Any, field: str, code: str, value: object, rule: str, remedy: str, *also: Place
) -> Finding:
    """Return a contradiction at a field of a row; `also` are the other ends."""
    places = (Place(collection, key_of(collection, record), field), *also)
    return Finding(code, name_of(collection, record), value, rule, remedy, places)


def start_sizes(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each course whose survival is half given, or whose start size its maximum or a room cannot hold."""
    rooms = {room.id: room for room in records.rooms}
    for course in records.courses:
        key = (course.id,)
        given = [name for name in ("survival_percent", "keep_min_percent") if getattr(course, name) is not None]
        if len(given) == 1:
            missing = ({"survival_percent", "keep_min_percent"} - set(given)).pop()
            yield row_finding("courses", course, missing, "missing-field", "", "a survival curve needs both percentages",
                              f"give {missing} too, or neither", Place("courses", key, given[0]))  # fmt: skip
        if len(given) < 2 or course.min_seats > course.max_seats:
            continue
        start, most = least_start(course), most_accepted(course)
        if course.merge_from_week is not None:
            yield from _merged(records, course, start)
            continue
        if start is None or start > most:
            yield _start_too_large(course, start, most)
            continue
        for offering in records.offerings:
            room = rooms.get(offering.room)
            if room is None or offering.course != course.id or course.min_seats > room.seats:
                continue
            if start > (takes := most_accepted(course, room.seats)):
                rule = f"a class of {course.id} starts with {start} so that {course.min_seats} stay, the room takes {takes}"
                yield row_finding("offerings", offering, "room", "start-size-exceeds-max", offering.room, rule,
                                  "name a larger room, or plan a merge of thinned classes",
                                  Place("courses", key, "survival_percent"), Place("rooms", (room.id,), "seats"))  # fmt: skip


def _merged(records: InstanceRecords, course: Course, start: int | None) -> Iterator[Finding]:
    """Yield what makes the planned merge impossible: too few parallel classes, or more must start than stay in one class."""
    rooms = {room.id: room for room in records.rooms}
    week = Place("courses", (course.id,), "merge_from_week")
    for offering in records.offerings:
        room = rooms.get(offering.room)
        if room is None or offering.course != course.id:
            continue
        together = min(offering.max_parallel * most_accepted(course, room.seats), most_merged(course, room.seats) or 0)
        if start is None or start > together:
            rule = f"{start or 'more than 500'} must start so that {course.min_seats} stay, its parallel classes take {together}"
            yield row_finding("offerings", offering, "max_parallel", "start-size-exceeds-max", offering.max_parallel, rule,
                              "allow more parallel classes, or a larger maximum or room", week,
                              Place("courses", (course.id,), "max_seats"))  # fmt: skip


def merges(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each merge without a survival curve, and each that no pattern of the course lasts long enough for."""
    for course in records.courses:
        if course.merge_from_week is None:
            continue
        week = Place("courses", (course.id,), "merge_from_week")
        if course.survival_percent is None:
            yield row_finding("courses", course, "survival_percent", "missing-field", "",
                              "a merge of thinned classes needs the survival curve",
                              "give survival_percent and keep_min_percent, or no merge", week)  # fmt: skip
        longest = max(_weeks(pattern) for pattern in course.patterns)
        if course.merge_from_week > longest:
            yield row_finding("courses", course, "merge_from_week", "contradictory-merge", course.merge_from_week,
                              f"no pattern of the course lasts longer than {longest} weeks", "merge earlier, or not at all",
                              Place("courses", (course.id,), "patterns"))  # fmt: skip


def _weeks(pattern: Pattern) -> int:
    """Return in how many weeks a pattern teaches, closed days aside: five days to a week of a block."""
    return -(-getattr(pattern, "days", 0) // 5) + int(getattr(pattern, "weeks", 0))


def _start_too_large(course: Course, start: int | None, most: int) -> Finding:
    needed = "more than 500" if start is None else str(start)
    rule = (
        f"with {course.survival_percent} % survival {needed} must start so that {course.min_seats} stay with "
        f"{course.keep_min_percent} %, a class takes {most}"
    )
    return row_finding("courses", course, "max_seats", "start-size-exceeds-max", course.max_seats, rule,
                       "only a larger maximum or a planned merge of thinned classes satisfies it",
                       Place("courses", (course.id,), "survival_percent"),
                       Place("courses", (course.id,), "keep_min_percent"))  # fmt: skip


def class_size_wishes(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each line that asks for a larger class than its course ever has."""
    courses = {course.id: course for course in records.courses}
    for demand in records.demands:
        course = courses.get(demand.course)
        if course and demand.min_class_size is not None and demand.min_class_size > most_accepted(course):
            yield row_finding("demands", demand, "min_class_size", "min-exceeds-max", demand.min_class_size,
                              f"a class of {course.id} takes at most {most_accepted(course)}", "lower the wish or withdraw it",
                              Place("courses", (course.id,), "max_seats"))  # fmt: skip


def week_limits(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each company that lets fewer go in a week than on a day."""
    for company in records.companies:
        day, week = company.max_away_per_day, company.max_away_per_week
        if day is not None and week is not None and week < day:
            yield row_finding("companies", company, "max_away_per_week", "min-exceeds-max", week,
                              f"fewer than max_away_per_day {day} may be away in a whole week, so the daily limit says nothing",
                              "raise it or lower max_away_per_day",
                              Place("companies", (company.id,), "max_away_per_day"))  # fmt: skip


def qualified_instructors(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each offering that names a pool that may not teach its course, or its own pool as an alternative."""
    pools = {pool.id: pool for pool in records.instructors}
    for offering in records.offerings:
        if offering.instructor in offering.instructor_alternatives:
            yield row_finding("offerings", offering, "instructor_alternatives", "duplicate-line", offering.instructor,
                              "the pool is the instructor of the offering already", "drop it from the alternatives",
                              Place("offerings", (offering.id,), "instructor"))  # fmt: skip
        named = (("instructor", offering.instructor), *(("instructor_alternatives", i) for i in offering.instructor_alternatives))
        for field, pool_id in named:
            pool = pools.get(pool_id)
            if pool and pool.courses and offering.course not in pool.courses:
                yield row_finding("offerings", offering, field, "not-qualified", pool_id,
                                  f"the instructors may teach {', '.join(pool.courses)}, the offering is {offering.course}",
                                  "name a qualified pool or add the course to it",
                                  Place("instructors", (pool_id,), "courses"))  # fmt: skip


def equipped_rooms(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each offering whose room lacks what its course needs."""
    rooms, courses = {room.id: room for room in records.rooms}, {course.id: course for course in records.courses}
    for offering in records.offerings:
        room, course = rooms.get(offering.room), courses.get(offering.course)
        lacking = sorted(set(course.needs_equipment) - set(room.equipment)) if room and course else []
        if lacking:
            yield row_finding("offerings", offering, "room", "missing-equipment", offering.room,
                              f"{offering.course} needs {', '.join(lacking)}, which the room does not have",
                              "name another room or equip it", Place("courses", (offering.course,), "needs_equipment"),
                              Place("rooms", (offering.room,), "equipment"))  # fmt: skip


def qualifications(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each course that has a number in the register and says that it is outside of it."""
    for course in records.courses:
        if course.crebo is not None and course.certificate_only:
            yield row_finding("courses", course, "certificate_only", "contradictory-certificate", course.crebo,
                              "a course in the register is not certificate_only", "keep one of the two",
                              Place("courses", (course.id,), "crebo"))  # fmt: skip


def starts_of_journeys(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each distance that starts nowhere or at two places."""
    for distance in records.distances:
        if (distance.company is None) == (distance.area is None):
            rule = "a distance starts at a company or in an area"
            yield row_finding("distances", distance, "company", "missing-field", distance.company or "", rule,
                              "give exactly one of the two",
                              Place("distances", key_of("distances", distance), "area"))  # fmt: skip


def between_sites(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each distance of a site to itself or given both ways, and each pool that teaches at too many sites to look at."""
    seen: dict[frozenset[str], Any] = {}
    for row in records.site_distances:
        ends = frozenset((row.first, row.second))
        if len(ends) == 1:
            yield row_finding("site_distances", row, "second", "contradictory-distance", row.second, "from a site to itself",
                              "name two sites")  # fmt: skip
        elif ends in seen and key_of("site_distances", seen[ends]) != key_of("site_distances", row):
            other = key_of("site_distances", seen[ends])
            yield row_finding("site_distances", row, "first", "contradictory-distance", row.first,
                              "the distance holds both ways and is given for the other way too", "drop one of the two",
                              Place("site_distances", other))  # fmt: skip
        seen.setdefault(ends, row)
    for pool in records.instructors:
        named = (o for o in records.offerings if pool.id in (o.instructor, *o.instructor_alternatives))
        sites = {offering.site for offering in named}
        if pool.max_minutes_between_sites is not None and len(sites) > MOST_SITES:
            yield row_finding("instructors", pool, "max_minutes_between_sites", "too-many-sites", len(sites),
                              f"a pool whose journeys between sites are limited teaches at no more than {MOST_SITES}",
                              "split the pool by area, or lift the limit")  # fmt: skip


def base_sites(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each pool whose kilometres have a price although nobody says where they begin."""
    for pool in records.instructors:
        if pool.travel_cents_per_km and pool.base is None:
            yield row_finding("instructors", pool, "base", "missing-field", "",
                              "a price per kilometre needs the site where the instructors are at home", "name the base",
                              Place("instructors", (pool.id,), "travel_cents_per_km"))  # fmt: skip


def starter_years(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each promise for a year that its test does not have, or that is given twice."""
    for test in records.starter_tests:
        years = [row.year for row in test.promised]
        for year in sorted({year for year in years if year > test.years or years.count(year) > 1}):
            rule = f"the test has {test.years} years" if year > test.years else "the year is given twice"
            yield row_finding("starter_tests", test, "promised", "contradictory-starters", year, rule,
                              "name a year of the test, each once", Place("starter_tests", (test.id,), "years"))  # fmt: skip


TRADE_CHECKS: tuple[tuple[Callable[[InstanceRecords], Iterator[Finding]], frozenset[str]], ...] = (
    (start_sizes, frozenset()),
    (merges, frozenset()),
    (class_size_wishes, frozenset()),
    (week_limits, frozenset()),
    (qualified_instructors, frozenset()),
    (equipped_rooms, frozenset()),
    (qualifications, frozenset()),
    (starts_of_journeys, frozenset()),
    (starter_years, frozenset()),
    (between_sites, frozenset()),
    (base_sites, frozenset()),
)
"""(check, sections that it needs whole)"""

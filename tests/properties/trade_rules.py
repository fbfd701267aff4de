"""The rules of the trade for the brute force: each read from its sentence once more, from the records alone."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

DAY = dt.timedelta(days=1)


def most_seats(course: Any, room: Any) -> int:
    """Return the most trainees accepted in a class: no more than the places are expected to come."""
    size = 0
    while (size + 1) * Fraction(course.show_percent, 100) <= min(course.max_seats, room.seats):
        size += 1
    return size


def run_may_exist(given: Any, course: Any, pattern: Any, dates: Sequence[dt.date]) -> bool:
    """Return whether an unbroken block is unbroken, and an exam follows in time."""
    if getattr(pattern, "unbroken", False):
        span = [dates[0] + i * DAY for i in range((dates[-1] - dates[0]).days + 1)]
        if any(day.weekday() < 5 and day not in dates for day in span):
            return False
    return not course.exam_dates or any(1 <= (exam - dates[-1]).days <= course.exam_within_days for exam in course.exam_dates)


def line_may_attend(given: Any, demand: Any, run: Any) -> bool:
    """Return whether the course has enough practice, and the way to the site is short enough or the line may stay there."""
    practice = (run.course.practice_percent or 0) >= (demand.min_practice_percent or 0)
    return practice and (goes_home(given, demand, run.offering.site) or may_stay(given, demand, run.offering.site))


def start_of(given: Any, demand: Any) -> Any:
    """Return the company or the area where the trainees of a line start."""
    rows = given.companies if demand.area is None else given.areas
    return next(row for row in rows if row.id == (demand.company if demand.area is None else demand.area))


def given_distance(given: Any, demand: Any, site_id: str) -> Any:
    """Return the distance row of the line's start and the site; `None` if there is none."""
    for row in given.distances:
        if row.site == site_id and (row.area if demand.area else row.company) == (demand.area or demand.company):
            return row
    return None


def km(given: Any, demand: Any, site_id: str) -> int:
    """Return the given distance, or the great circle (haversine, mean radius) with the detour, rounded half up."""
    row = given_distance(given, demand, site_id)
    if row is not None:
        return row.km
    a, b = start_of(given, demand), next(s for s in given.sites if s.id == site_id)
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return math.floor(2 * 6371.0088 * math.asin(math.sqrt(half)) * given.prices.detour_percent / 100 + 0.5)


def goes_home(given: Any, demand: Any, site_id: str) -> bool:
    """Return whether the journey is within the limits of the line in km and in minutes."""
    if km(given, demand, site_id) > demand.max_travel_km:
        return False
    row = given_distance(given, demand, site_id)
    hours = Fraction(km(given, demand, site_id), given.prices.speed_km_per_hour)
    minutes = math.ceil(hours * 60) if row is None or row.minutes is None else row.minutes
    return demand.max_travel_minutes is None or minutes <= demand.max_travel_minutes


def may_stay(given: Any, demand: Any, site_id: str) -> bool:
    """Return whether the line would stay at the site, and it has a bed."""
    return demand.accepts_boarding and next(s.beds for s in given.sites if s.id == site_id) > 0


def way_cents(given: Any, demand: Any, run: Any) -> int:
    """Return what one trainee's way to the run costs: every day, or once a week with the stay."""
    site = next(s for s in given.sites if s.id == run.offering.site)
    there_and_back = 2 * km(given, demand, site.id) * given.prices.travel_cents_per_km
    if goes_home(given, demand, site.id) or not may_stay(given, demand, site.id):
        return there_and_back * len(run.dates)
    return len({day.isocalendar()[:2] for day in run.dates}) * (there_and_back + site.boarding_cents_per_week)


def beds_hold(given: Any, classes: Sequence[Any], seats: Sequence[dict[str, int]]) -> bool:
    """Return whether no site has more staying in a week than beds; `seats[k]` are the members of class k."""
    lines = {line.id: line for line in given.demands}
    for site in given.sites:
        here = [k for k, c in enumerate(classes) if c.offering.site == site.id]
        for week in {day.isocalendar()[:2] for k in here for day in classes[k].dates}:
            there = [k for k in here if any(day.isocalendar()[:2] == week for day in classes[k].dates)]
            stay = [
                n
                for k in there
                for line, n in seats[k].items()
                if may_stay(given, lines[line], site.id) and not goes_home(given, lines[line], site.id)
            ]
            if sum(stay) > site.beds:
                return False
    return True


def buffers_hold(given: Any, classes: Sequence[Any], seats: Sequence[dict[str, int]]) -> bool:
    """Return whether no workshop has more waiting in a week than buffer seats; a line waits in the weeks before its class's."""
    lines = {line.id: line for line in given.demands}
    for site in given.sites:
        waits = [
            (lines[name].earliest_start, run.dates[0], n)
            for run, held in zip(classes, seats, strict=True)
            for name, n in held.items()
            if lines[name].buffer_site == site.id
        ]
        for first, last, _ in waits:
            for day in (first + i * DAY for i in range((last - first).days + 1)):
                week = day.isocalendar()[:2]
                there = [n for a, b, n in waits if a.isocalendar()[:2] <= week < b.isocalendar()[:2]]
                if sum(there) > site.buffer_seats:
                    return False
    return True


def parallel_holds(classes: Sequence[Any]) -> bool:
    """Return whether no offering has too many classes at one start and pattern, whoever teaches them."""
    starts = [(c.offering.id, c.dates[0], c.pattern) for c in classes]
    return all(starts.count((c.offering.id, c.dates[0], c.pattern)) <= c.offering.max_parallel for c in classes)


def hours_hold(given: Any, classes: Sequence[Any]) -> bool:
    """Return whether no pool teaches more days of a week than its instructors may."""
    for pool in given.instructors:
        if pool.max_days_per_week is None:
            continue
        halves = [day.isocalendar()[:2] for c in classes if c.instructor == pool.id for day in c.dates for _ in c.halves]
        if any(Fraction(halves.count(week), 2) > pool.count * pool.max_days_per_week for week in halves):
            return False
    return True


def travel_holds(given: Any, classes: Sequence[Any]) -> bool:
    """Return whether each day's classes of a pool can be handed out one by one to those who are there and travel in time."""
    for pool in given.instructors:
        if pool.max_minutes_between_sites is None:
            continue
        own = [c for c in classes if c.instructor == pool.id]
        for day in {day for c in own for day in c.dates}:
            there = max(0, pool.count - sum(a.count for a in pool.absences if a.first <= day <= a.last))
            today = [c for c in own if day in c.dates]
            if not _handed_out(given, pool, today, [("", "")] * there):
                return False
    return True


def _handed_out(given: Any, pool: Any, left: Sequence[Any], busy: list[tuple[str, str]]) -> bool:
    """Return whether the classes that are left fit; `busy` are the sites of each instructor in the morning and afternoon."""
    if not left:
        return True
    now, site = left[0], left[0].offering.site
    for i, (morning, afternoon) in enumerate(busy):
        if ("a" in now.halves and morning) or ("p" in now.halves and afternoon):
            continue
        day = (site if "a" in now.halves else morning, site if "p" in now.halves else afternoon)
        in_time = not all(day) or minutes_between(given, *day) <= pool.max_minutes_between_sites
        if in_time and _handed_out(given, pool, left[1:], [*busy[:i], day, *busy[i + 1 :]]):
            return True
    return False


def minutes_between(given: Any, one: str, other: str) -> int:
    """Return the given or estimated minutes between two sites; none from a site to itself."""
    if one == other:
        return 0
    row = next((row for row in given.site_distances if {row.first, row.second} == {one, other}), None)
    if row is not None and row.minutes is not None:
        return row.minutes
    road = km_between(given, one, other) if row is None else row.km
    return math.ceil(Fraction(road * 60, given.prices.speed_km_per_hour))


def km_between(given: Any, one: str, other: str) -> int:
    """Return the given km between two sites, or the great circle with the detour, rounded half up."""
    row = next((row for row in given.site_distances if {row.first, row.second} == {one, other}), None)
    if row is not None:
        return row.km
    a, b = (next(s for s in given.sites if s.id == name) for name in (one, other))
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return math.floor(2 * 6371.0088 * math.asin(math.sqrt(half)) * given.prices.detour_percent / 100 + 0.5)


def opening_cents(given: Any, offering: Any, instructor: str, dates: Sequence[dt.date], halves: str) -> int:
    """Return what a class of the run costs before anybody sits in it: the offering, a hired room, instructors from elsewhere."""
    room = next(room for room in given.rooms if room.id == offering.room)
    pool = next(pool for pool in given.instructors if pool.id == instructor)
    cents = offering.fixed_cents + sum(room.hire_cents_per_half_day for _ in dates for _ in halves)
    if pool.base is None or pool.base == offering.site:
        return cents
    return cents + sum(2 * km_between(given, pool.base, offering.site) * pool.travel_cents_per_km for _ in dates)


def class_holds(given: Any, run: Any, members: dict[str, int]) -> bool:
    """Return whether enough start, and everybody's wished class size is there."""
    size = sum(members.values())
    wishes = [line.min_class_size or 0 for line in given.demands if members.get(line.id)]
    merged = run.course.merge_from_week is not None
    return size >= max(wishes, default=0) and (merged or starts_with_enough(run.course, size))


def starts_with_enough(course: Any, size: int) -> bool:
    """Return whether the minimum stays as surely as asked, added up over how many leave."""
    if course.survival_percent is None or course.keep_min_percent is None:
        return True
    stay = Fraction(course.survival_percent, 100)
    enough = sum(
        math.comb(size, left) * (1 - stay) ** left * stay ** (size - left) for left in range(size - course.min_seats + 1)
    )
    return enough >= Fraction(course.keep_min_percent, 100)


def weeks_hold(given: Any, classes: Sequence[Any], seats: Sequence[dict[str, int]]) -> bool:
    """Return whether no company has too many away in any week; `seats[k]` are the members of class k."""
    for company in given.companies:
        if company.max_away_per_week is None:
            continue
        own = {line.id for line in given.demands if line.company == company.id}
        for week in {day.isocalendar()[:2] for c in classes for day in c.dates}:
            there = [k for k, c in enumerate(classes) if any(day.isocalendar()[:2] == week for day in c.dates)]
            if sum(n for k in there for line, n in seats[k].items() if line in own) > company.max_away_per_week:
                return False
    return True

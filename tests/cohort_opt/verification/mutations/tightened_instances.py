"""Kinds of tightening of an instance: the plan stays as it is, and one rule is drawn just too tight for it.

Each breaks the named rule and no other (`ALSO` names the exceptions); one step less tight, the plan would pass. The copies
bypass the checks of the input, so that a rule can be drawn tighter than a sane input has it.
"""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from cohort_opt.problem.fields import Weekday
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Absence, Ban, DatePeriod, Pin
from cohort_opt.solution import Member, PlannedClass, Solution
from tests.cohort_opt.verification.mutations import tightened_couplings

Tighten = Callable[[random.Random, Instance, Solution], Instance | None]
ONE_DAY = dt.timedelta(days=1)


def _with(instance: Instance, collection: str, key: str, **changes: Any) -> Instance:
    rows = tuple(row.model_copy(update=changes) if row.id == key else row for row in getattr(instance, collection))
    return instance.model_copy(update={collection: rows})


def _record(instance: Instance, collection: str, key: str) -> Any:
    return next(row for row in getattr(instance, collection) if row.id == key)


def _membership(rng: random.Random, solution: Solution) -> tuple[PlannedClass, Member]:
    item = rng.choice(solution.classes)
    return item, rng.choice(item.members)


def one_asks_less(rng, instance, solution):
    """A line asks for one trainee less than the plan has of it."""
    line = rng.choice(solution.classes).members[0].demand
    return _with(instance, "demands", line, count=_record(instance, "demands", line).count - 1)


def one_asks_more(rng, instance, solution):
    """A line asks for one trainee more."""
    line = rng.choice(instance.demands)
    return _with(instance, "demands", line.id, count=line.count + 1)


def minimum_above_the_class(rng, instance, solution):
    """The course wants one more than sit there."""
    item = rng.choice(solution.classes)
    return _with(instance, "courses", item.course, min_seats=item.size + 1, max_seats=500)


def maximum_below_the_class(rng, instance, solution):
    """The course takes one less than sit there."""
    item = rng.choice(solution.classes)
    return _with(instance, "courses", item.course, max_seats=item.size - 1, show_percent=100)


def room_too_small(rng, instance, solution):
    """The room has one seat less than sit there."""
    item = rng.choice(solution.classes)
    smaller = _with(instance, "rooms", item.room, seats=item.size - 1)
    return _with(smaller, "courses", item.course, show_percent=100)


def journey_too_long(rng, instance, solution):
    """A line accepts one km less than its given distance, and does not stay there."""
    item, member = _membership(rng, solution)
    line = _record(instance, "demands", member.demand)
    start = (line.company, None) if line.area is None else (None, line.area)
    km = next((d.km for d in instance.distances if (d.company, d.area, d.site) == (*start, item.site)), 0)
    return _with(instance, "demands", member.demand, max_travel_km=km - 1, accepts_boarding=False)


def site_further_away(rng, instance, solution):
    """The distance is one km more than a line accepts."""
    item, member = _membership(rng, solution)
    line = _record(instance, "demands", member.demand)
    there = [(d.company, d.site) == (line.company, item.site) for d in instance.distances]
    if not any(there) or line.area is not None or line.accepts_boarding:
        return None
    moved = tuple(
        d.model_copy(update={"km": line.max_travel_km + 1}) if is_there else d
        for d, is_there in zip(instance.distances, there, strict=True)
    )
    return instance.model_copy(update={"distances": moved})


def window_opens_later(rng, instance, solution):
    """A line may start a day after its class does."""
    item, member = _membership(rng, solution)
    return _with(instance, "demands", member.demand, earliest_start=item.start + ONE_DAY)


def window_closes_earlier(rng, instance, solution):
    """A line may start until the day before its class does."""
    item, member = _membership(rng, solution)
    return _with(instance, "demands", member.demand, latest_start=item.start - ONE_DAY)


def weekday_refused(rng, instance, solution):
    """A line refuses the weekday of one of its days."""
    item, member = _membership(rng, solution)
    refused = rng.choice(item.dates).weekday()
    accepted = tuple(day for day in _record(instance, "demands", member.demand).weekdays if day.number != refused)
    return _with(instance, "demands", member.demand, weekdays=accepted)


def kind_refused(rng, instance, solution):
    """A line accepts only the other kind of release."""
    item, member = _membership(rng, solution)
    kind = next(p.kind for p in _record(instance, "courses", item.course).patterns if p.id == item.pattern)
    return _with(instance, "demands", member.demand, patterns=("block" if kind == "day_release" else "day_release",))


def pattern_withdrawn(rng, instance, solution):
    """The course is no longer given in the pattern of a class."""
    item = rng.choice(solution.classes)
    left = tuple(p for p in _record(instance, "courses", item.course).patterns if p.id != item.pattern)
    return _with(instance, "courses", item.course, patterns=left)


def company_closed(rng, instance, solution):
    """A company closes on a day of its class."""
    item, member = _membership(rng, solution)
    day = rng.choice(item.dates)
    company = _record(instance, "companies", _record(instance, "demands", member.demand).company)
    closed = tuple(sorted((*company.closed, DatePeriod(first=day, last=day)), key=lambda p: (p.first, p.last, p.name)))
    return _with(instance, "companies", company.id, closed=closed)


def _with_calendar(instance: Instance, **changes: Any) -> Instance:
    return instance.model_copy(update={"calendar": instance.calendar.model_copy(update=changes)})


def horizon_ends_earlier(rng, instance, solution):
    """The calendar ends the day before a class does."""
    return _with_calendar(instance, end=rng.choice(solution.classes).dates[-1] - ONE_DAY)


def horizon_starts_later(rng, instance, solution):
    """The calendar starts the day after a class does."""
    return _with_calendar(instance, start=rng.choice(solution.classes).start + ONE_DAY)


def day_closed(rng, instance, solution):
    """A day of a class becomes a holiday; the pattern would then skip it, unless it is the start."""
    day = rng.choice(rng.choice(solution.classes).dates)
    return _with_calendar(instance, closed=(*instance.calendar.closed, DatePeriod(first=day, last=day)))


def _pool_short(rng: random.Random, instance: Instance, solution: Solution, collection: str, field: str) -> Instance:
    item = rng.choice(solution.classes)
    day, pool = rng.choice(item.dates), _record(instance, collection, getattr(item, field))
    used = sum(getattr(other, field) == pool.id and day in other.dates for other in solution.classes)
    away = sum(absence.count for absence in pool.absences if absence.first <= day <= absence.last)
    short = Absence(first=day, last=day, count=max(1, pool.count - away - used + 1))
    return _with(instance, collection, pool.id, absences=(*pool.absences, short))


def room_under_repair(rng, instance, solution):
    """On a day of a class one room less is there than is used."""
    return _pool_short(rng, instance, solution, "rooms", "room")


def instructor_on_leave(rng, instance, solution):
    """On a day of a class one instructor less is there than is needed."""
    return _pool_short(rng, instance, solution, "instructors", "instructor")


def _parts(solution: Solution) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for item in solution.classes:
        for member in item.members:
            found.setdefault(member.demand, []).append(member.count)
    return found


def line_together(rng, instance, solution):
    """A line that is split, or partly without a seat, stays together."""
    count = {demand.id: demand.count for demand in instance.demands}
    split = sorted(line for line, parts in _parts(solution).items() if parts != [count[line]])
    return _with(instance, "demands", rng.choice(split), together=True, min_part=1) if split else None


def part_too_small(rng, instance, solution):
    """A line wants parts of one more than its smallest."""
    together = {demand.id for demand in instance.demands if demand.together}
    loose = sorted(line for line in _parts(solution) if line not in together)
    if not loose:
        return None
    line = rng.choice(loose)
    return _with(instance, "demands", line, min_part=min(_parts(solution)[line]) + 1)


def fewer_may_be_away(rng, instance, solution):
    """A company lets one less go than are away on a day."""
    item, member = _membership(rng, solution)
    company, day = _record(instance, "demands", member.demand).company, rng.choice(item.dates)
    own = {demand.id for demand in instance.demands if demand.company == company}
    away = sum(m.count for c in solution.classes if day in c.dates for m in c.members if m.demand in own)
    return _with(instance, "companies", company, max_away_per_day=away - 1)


def fewer_may_be_away_in_a_week(rng, instance, solution):
    """A company lets one less go than are away in a week."""
    item, member = _membership(rng, solution)
    company, day = _record(instance, "demands", member.demand).company, rng.choice(item.dates)
    own = {demand.id for demand in instance.demands if demand.company == company}
    week = day.isocalendar()[:2]
    there = [c for c in solution.classes if any(d.isocalendar()[:2] == week for d in c.dates)]
    away = sum(m.count for c in there for m in c.members if m.demand in own)
    return _with(instance, "companies", company, max_away_per_week=away - 1)


def larger_class_wished(rng, instance, solution):
    """A line comes only to a class of one more."""
    item, member = _membership(rng, solution)
    return _with(instance, "demands", member.demand, min_class_size=item.size + 1)


def too_few_starters(rng, instance, solution):
    """Hardly anybody stays, and the minimum must stay almost for certain."""
    item = rng.choice(solution.classes)
    return _with(instance, "courses", item.course, survival_percent=1, keep_min_percent=99, merge_from_week=None)


def instructors_teach_less(rng, instance, solution):
    """The instructors of a pool teach no day of a week at all."""
    item = rng.choice(solution.classes)
    return _with(instance, "instructors", item.instructor, max_days_per_week=0)


def exam_too_early(rng, instance, solution):
    """The only exam is on the last day of the class."""
    item = rng.choice(solution.classes)
    return _with(instance, "courses", item.course, exam_dates=(item.dates[-1],))


def exam_too_late(rng, instance, solution):
    """The only exam is a day later than it may be."""
    item = rng.choice(solution.classes)
    return _with(instance, "courses", item.course, exam_dates=(item.dates[-1] + 8 * ONE_DAY,), exam_within_days=7)


def more_practice_asked(rng, instance, solution):
    """A line asks for one percent of practice more than the course has."""
    item, member = _membership(rng, solution)
    share = _record(instance, "courses", item.course).practice_percent or 0
    return _with(instance, "demands", member.demand, min_practice_percent=share + 1)


def instructor_unqualified(rng, instance, solution):
    """The instructors of a class may teach another course only."""
    return _with(instance, "instructors", rng.choice(solution.classes).instructor, courses=("~course",))


def room_unequipped(rng, instance, solution):
    """The course needs what no room has."""
    return _with(instance, "courses", rng.choice(solution.classes).course, needs_equipment=("~crane",))


def journey_takes_too_long(rng, instance, solution):
    """A line accepts no journey of that many minutes."""
    _, member = _membership(rng, solution)
    return _with(instance, "demands", member.demand, max_travel_minutes=-1, accepts_boarding=False)


def no_bed_is_left(rng, instance, solution):
    """The site has fewer beds than a line has trainees there, who cannot go home every day."""
    parts = [(item, member) for item in solution.classes for member in item.members if member.count > 1]
    if not parts:
        return None
    item, member = rng.choice(parts)
    far = _with(instance, "demands", member.demand, max_travel_km=-1, accepts_boarding=True)
    return _with(far, "sites", item.site, beds=1)


def no_buffer_seat_is_left(rng, instance, solution):
    """A line could begin a week before all of its classes, and the workshop where it waits has a seat too few."""
    _, member = _membership(rng, solution)
    own = [(item, m.count) for item in solution.classes for m in item.members if m.demand == member.demand]
    site, first = own[0][0].site, min(item.start for item, _ in own)
    early = _with(instance, "demands", member.demand, buffer_site=site, earliest_start=first - 7 * ONE_DAY)
    return _with(early, "sites", site, buffer_seats=sum(count for _, count in own) - 1)


def seat_too_dear(rng, instance, solution):
    """A line pays at most a cent less than its seat costs."""
    item, member = _membership(rng, solution)
    offering = _record(instance, "offerings", item.offering)
    cost = offering.fixed_cents + offering.seat_cents * item.size
    if not cost:
        return None
    return _with(instance, "demands", member.demand, max_seat_price_cents=-(-cost // item.size) - 1)


def pinned_one_more(rng, instance, solution):
    """One more of a line is pinned in its run than sits there."""
    item, member = _membership(rng, solution)
    there = sum(m.count for c in solution.classes if c.run == item.run for m in c.members if m.demand == member.demand)
    others = tuple(pin for pin in instance.pins if (pin.demand, pin.run) != (member.demand, item.run))
    return instance.model_copy(update={"pins": (*others, Pin(demand=member.demand, run=item.run, count=there + 1))})


def run_banned(rng, instance, solution):
    """The run of a class is banned."""
    return instance.model_copy(update={"bans": (*instance.bans, Ban(run=rng.choice(solution.classes).run))})


def line_banned(rng, instance, solution):
    """A line is banned from its run."""
    item, member = _membership(rng, solution)
    return instance.model_copy(update={"bans": (*instance.bans, Ban(run=item.run, demand=member.demand))})


def offering_ends_earlier(rng, instance, solution):
    """The last start of an offering is the day before its class starts."""
    item = rng.choice(solution.classes)
    return _with(instance, "offerings", item.offering, last_start=item.start - ONE_DAY)


def offering_begins_later(rng, instance, solution):
    """The first start of an offering is the day after its class starts."""
    item = rng.choice(solution.classes)
    return _with(instance, "offerings", item.offering, first_start=item.start + ONE_DAY)


def start_weekday_withdrawn(rng, instance, solution):
    """The offering starts on every weekday but that of its class."""
    item = rng.choice(solution.classes)
    others = tuple(day for day in Weekday if day.number != item.start.weekday())
    return _with(instance, "offerings", item.offering, start_weekdays=others)


def out_of_rhythm(rng, instance, solution):
    """The offering starts every other week, and a class in one of the weeks between."""
    item = rng.choice(solution.classes)
    return _with(instance, "offerings", item.offering, first_start=item.start - 7 * ONE_DAY, every_weeks=2)


def fewer_parallel_classes(rng, instance, solution):
    """The offering allows one parallel class less than a run has."""
    item = rng.choice(solution.classes)
    there = sum(other.run == item.run for other in solution.classes)
    return _with(instance, "offerings", item.offering, max_parallel=there - 1)


def offered_elsewhere(rng, instance, solution):
    """The offering names another room, instructor or site than its class has."""
    item = rng.choice(solution.classes)
    field, other = rng.choice((("room", "~room"), ("instructor", "~crew"), ("site", "~site")))
    if item.run.endswith(f"/{item.instructor}") and field == "instructor":
        return _with(instance, "offerings", item.offering, instructor_alternatives=())
    return _with(instance, "offerings", item.offering, **{field: other})


def journey_between_sites(rng, instance, solution):
    """Nobody of a pool may go to another site within a day on which one of them has to."""
    halves = {(course.id, p.id): p.part for course in instance.courses for p in course.patterns}
    for pool in instance.instructors:
        own = [item for item in solution.classes if item.instructor == pool.id]
        for day in sorted({day for item in own for day in item.dates}):
            taught: dict[str, list[str]] = {"day": [], "morning": [], "afternoon": []}
            for item in own:
                if day in item.dates:
                    taught[halves[item.course, item.pattern]].append(item.site)
            both = sum(min(taught["morning"].count(s), taught["afternoon"].count(s)) for s in set(taught["morning"]))
            away = sum(absence.count for absence in pool.absences if absence.first <= day <= absence.last)
            if sum(map(len, taught.values())) - both > pool.count - away:
                return _with(instance, "instructors", pool.id, max_minutes_between_sites=0)
    return None


ELSEWHERE: dict[Tighten, str] = {journey_between_sites: "instructor_travel"}
"""Kinds that need what the village does not have, and the rule that each breaks: see `two_sites_in_a_day`."""

KINDS: dict[Tighten, str] = {
    one_asks_less: "one_seat_per_trainee",
    one_asks_more: "one_seat_per_trainee",
    minimum_above_the_class: "class_size",
    maximum_below_the_class: "class_size",
    room_too_small: "class_size",
    journey_too_long: "travel_limit",
    site_further_away: "travel_limit",
    window_opens_later: "start_window",
    window_closes_earlier: "start_window",
    weekday_refused: "weekdays",
    kind_refused: "release_pattern",
    pattern_withdrawn: "release_pattern",
    company_closed: "company_closed_days",
    horizon_ends_earlier: "calendar",
    horizon_starts_later: "calendar",
    day_closed: "calendar",
    room_under_repair: "room_capacity",
    instructor_on_leave: "instructor_capacity",
    line_together: "parts",
    part_too_small: "parts",
    fewer_may_be_away: "company_absence",
    fewer_may_be_away_in_a_week: "company_absence_week",
    larger_class_wished: "class_size_wish",
    too_few_starters: "start_size",
    instructors_teach_less: "instructor_hours",
    exam_too_early: "exam_date",
    exam_too_late: "exam_date",
    more_practice_asked: "practice_share",
    instructor_unqualified: "instructor_qualification",
    room_unequipped: "room_equipment",
    journey_takes_too_long: "travel_time_limit",
    no_bed_is_left: "boarding",
    no_buffer_seat_is_left: "buffer_seats",
    seat_too_dear: "price_cap",
    pinned_one_more: "pins",
    run_banned: "bans",
    line_banned: "bans",
    offering_ends_earlier: "offering",
    offering_begins_later: "offering",
    start_weekday_withdrawn: "offering",
    out_of_rhythm: "offering",
    fewer_parallel_classes: "offering",
    offered_elsewhere: "offering",
    **tightened_couplings.KINDS,
}
"""Every kind, and the rule that it breaks."""

ALSO: dict[Tighten, set[str]] = {
    # Who stayed at the site may have done so for another limit than the one that is tightened.
    journey_too_long: {"travel_time_limit"},
    site_further_away: {"travel_time_limit", "stand_alone_price"},
    journey_takes_too_long: {"travel_limit"},
    # The minimum is what must stay of those who start, and what firm lines alone must carry.
    minimum_above_the_class: {"start_size", "firm_minimum", "merge"},
    # Seats that are kept for somebody count as taken; those who stay in a merged class need its places.
    maximum_below_the_class: {"reservation", "merge"},
    room_too_small: {"reservation", "merge"},
    # A line that stays together and is one short of its count, or above it, is no longer all in one class.
    one_asks_more: {"parts"},
    # A class of a pattern that is not known takes whole days, and pays for them.
    pattern_withdrawn: {
        "room_capacity",
        "instructor_capacity",
        "instructor_hours",
        "price_cap",
        "agreed_price",
        "budget",
        "price_spread",
        "stand_alone_price",
    },
    # A holiday in the midst of a class would have been skipped by its pattern.
    day_closed: {"release_pattern"},
}
"""Rules that may be broken with it, and why."""

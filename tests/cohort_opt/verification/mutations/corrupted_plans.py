"""Kinds of corruption of a plan: each takes a valid plan and returns one that breaks the named rule, or `None` if it cannot.

The rule named is broken for certain; others may be broken with it, for a lost trainee also makes a class smaller.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace

from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Member, PlannedClass, Solution

Corrupt = Callable[[random.Random, Instance, Solution], Solution | None]


def _class(rng: random.Random, solution: Solution) -> int:
    return rng.randrange(len(solution.classes))


def _with_class(solution: Solution, place: int, **changes: object) -> Solution:
    classes = list(solution.classes)
    classes[place] = replace(classes[place], **changes)
    return replace(solution, classes=tuple(classes))


def _with_member(solution: Solution, place: int, seat: int, **changes: object) -> Solution:
    members = list(solution.classes[place].members)
    members[seat] = replace(members[seat], **changes)
    return _with_class(solution, place, members=tuple(members))


def _seat(rng: random.Random, solution: Solution) -> tuple[int, int]:
    place = _class(rng, solution)
    return place, rng.randrange(len(solution.classes[place].members))


def _run_named(item: PlannedClass) -> PlannedClass:
    return replace(item, run=f"{item.offering}/{item.start.isoformat()}/{item.pattern}", number=1)


def _resorted(classes: list[PlannedClass]) -> tuple[PlannedClass, ...]:
    return tuple(sorted(classes, key=lambda item: (item.run, item.number)))


def block_interrupted(rng, instance, solution):
    """Hold the last day of an unbroken block a week later."""
    unbroken = {(c.id, p.id) for c in instance.courses for p in c.patterns if getattr(p, "unbroken", False)}
    places = [i for i, c in enumerate(solution.classes) if (c.course, c.pattern) in unbroken and len(c.dates) > 1]
    if not places:
        return None
    place = rng.choice(places)
    dates = solution.classes[place].dates
    return _with_class(solution, place, dates=(*dates[:-1], dates[-1] + dt.timedelta(weeks=1)))


# --- who has a seat ---------------------------------------------------------------------------------------------------------


def last_class_dropped(rng, instance, solution):
    """Leave out a class that is the last of its run; its members are nowhere."""
    last = [
        i for i, c in enumerate(solution.classes) if not any(d.run == c.run and d.number > c.number for d in solution.classes)
    ]
    drop = rng.choice(last)
    return replace(solution, classes=tuple(c for i, c in enumerate(solution.classes) if i != drop))


def member_dropped(rng, instance, solution):
    """Leave out one membership."""
    place, seat = _seat(rng, solution)
    members = solution.classes[place].members
    return _with_class(solution, place, members=members[:seat] + members[seat + 1 :])


def one_trainee_too_many(rng, instance, solution):
    """Seat one more of a line than asked."""
    place, seat = _seat(rng, solution)
    return _with_member(solution, place, seat, count=solution.classes[place].members[seat].count + 1)


def one_trainee_lost(rng, instance, solution):
    """Seat one less of a line, and nobody waits for it."""
    wide = [(i, j) for i, c in enumerate(solution.classes) for j, m in enumerate(c.members) if m.count > 1]
    if not wide:
        return None
    place, seat = rng.choice(wide)
    return _with_member(solution, place, seat, count=solution.classes[place].members[seat].count - 1)


def waiting_row_dropped(rng, instance, solution):
    """Forget a line that waits."""
    if not solution.unplaced:
        return None
    drop = rng.randrange(len(solution.unplaced))
    return replace(solution, unplaced=solution.unplaced[:drop] + solution.unplaced[drop + 1 :])


def one_more_waits(rng, instance, solution):
    """Let a trainee sit and wait."""
    waiting = {row.demand: row.count for row in solution.unplaced}
    place, seat = _seat(rng, solution)
    line = solution.classes[place].members[seat].demand
    waiting[line] = waiting.get(line, 0) + 1
    return replace(solution, unplaced=tuple(Member(line, waiting[line]) for line in sorted(waiting)))


def nobody_waits(rng, instance, solution):
    """Report a full house where some wait."""
    return replace(solution, unplaced=()) if solution.unplaced else None


def seat_in_another_course(rng, instance, solution):
    """Move a part of a line into a class of another course."""
    courses = {demand.id: demand.course for demand in instance.demands}
    place = _class(rng, solution)
    guests = sorted(line for line, course in courses.items() if course != solution.classes[place].course)
    if not guests:
        return None
    members = {m.demand: m.count for m in solution.classes[place].members} | {rng.choice(guests): 1}
    return _with_class(solution, place, members=tuple(Member(line, members[line]) for line in sorted(members)))


def two_lines_exchanged(rng, instance, solution):
    """Give the seats of one line to another that asked for another number."""
    place, seat = _seat(rng, solution)
    item = solution.classes[place]
    count = {demand.id: demand.count for demand in instance.demands}
    there = {m.demand for m in item.members}
    others = sorted(line for line in count if line not in there)
    if not others:
        return None
    members = [*item.members]
    members[seat] = Member(rng.choice(others), members[seat].count)
    return _with_class(solution, place, members=tuple(sorted(members)))


# --- the size of a class ----------------------------------------------------------------------------------------------------


def class_below_its_minimum(rng, instance, solution):
    """Send members home, who then wait, until the class is one below its minimum."""
    least = {course.id: course.min_seats for course in instance.courses}
    place = _class(rng, solution)
    item = solution.classes[place]
    waiting = {row.demand: row.count for row in solution.unplaced}
    members, size = {m.demand: m.count for m in item.members}, item.size
    while size >= least[item.course]:
        line = rng.choice(sorted(members))
        members[line] -= 1
        if not members[line]:
            del members[line]
        waiting[line] = waiting.get(line, 0) + 1
        size -= 1
    left = _with_class(solution, place, members=tuple(Member(line, members[line]) for line in sorted(members)))
    return replace(left, unplaced=tuple(Member(line, waiting[line]) for line in sorted(waiting)))


def class_of_nobody(rng, instance, solution):
    """Send everybody of a class home and keep it open."""
    place = _class(rng, solution)
    waiting = {row.demand: row.count for row in solution.unplaced}
    for member in solution.classes[place].members:
        waiting[member.demand] = waiting.get(member.demand, 0) + member.count
    left = _with_class(solution, place, members=())
    return replace(left, unplaced=tuple(Member(line, waiting[line]) for line in sorted(waiting)))


def class_above_its_maximum(rng, instance, solution):
    """Crowd a class until it is one above what course and room hold."""
    place, seat = _seat(rng, solution)
    item = solution.classes[place]
    room = next(r.seats for r in instance.rooms if r.id == item.room)
    course = next(c for c in instance.courses if c.id == item.course)
    most = min(room, course.max_seats) * 100 // course.show_percent
    return _with_member(solution, place, seat, count=item.members[seat].count + most + 1 - item.size)


# --- the days of a class ----------------------------------------------------------------------------------------------------


def last_day_missing(rng, instance, solution):
    """Teach a day less than the pattern."""
    long = [i for i, item in enumerate(solution.classes) if len(item.dates) > 1]
    if not long:
        return None
    place = rng.choice(long)
    return _with_class(solution, place, dates=solution.classes[place].dates[:-1])


def one_day_too_many(rng, instance, solution):
    """Teach one day more than the pattern."""
    place = _class(rng, solution)
    dates = solution.classes[place].dates
    return _with_class(solution, place, dates=(*dates, dates[-1] + dt.timedelta(days=1)))


def a_day_moved(rng, instance, solution):
    """Put the last day of a class a day later."""
    long = [i for i, item in enumerate(solution.classes) if len(item.dates) > 1]
    if not long:
        return None
    place = rng.choice(long)
    dates = solution.classes[place].dates
    return _with_class(solution, place, dates=(*dates[:-1], dates[-1] + dt.timedelta(days=1)))


def a_day_on_a_weekend(rng, instance, solution):
    """Teach on a Saturday too."""
    place = _class(rng, solution)
    dates = solution.classes[place].dates
    saturday = dates[-1] + dt.timedelta(days=(5 - dates[-1].weekday()) % 7)
    return _with_class(solution, place, dates=tuple(sorted({*dates, saturday})))


def a_day_after_the_horizon(rng, instance, solution):
    """Teach once more when the calendar is over."""
    place = _class(rng, solution)
    late = instance.calendar.end + dt.timedelta(days=rng.randint(1, 9))
    return _with_class(solution, place, dates=(*solution.classes[place].dates, late))


def a_pattern_of_another_course(rng, instance, solution):
    """Name a pattern that the course does not have; run and id follow."""
    place = _class(rng, solution)
    classes = list(solution.classes)
    classes[place] = _run_named(replace(classes[place], pattern="block59"))
    return replace(solution, classes=_resorted(_renumbered(classes)))


def a_week_later(rng, instance, solution):
    """Move a whole class beyond the last start that its offering allows; run and id follow."""
    place = _class(rng, solution)
    item = solution.classes[place]
    last = next(o.last_start for o in instance.offerings if o.id == item.offering)
    weeks = (last - item.start).days // 7 + 1
    dates = tuple(day + dt.timedelta(weeks=weeks) for day in item.dates)
    classes = [c for i, c in enumerate(solution.classes) if i != place]
    moved = _run_named(replace(item, start=dates[0], dates=dates))
    return replace(solution, classes=_resorted(_renumbered([*classes, moved])))


def _renumbered(classes: list[PlannedClass]) -> list[PlannedClass]:
    found: dict[str, int] = {}
    numbered = []
    for item in sorted(classes, key=lambda c: (c.run, c.number)):
        found[item.run] = found.get(item.run, 0) + 1
        numbered.append(replace(item, number=found[item.run]))
    return numbered


# --- the resources of a class -----------------------------------------------------------------------------------------------


def _other(rng, known, own):
    others = sorted(record.id for record in known if record.id != own)
    return rng.choice(others) if others else None


def another_room(rng, instance, solution):
    """Teach in a room that the offering does not name."""
    place = _class(rng, solution)
    other = _other(rng, instance.rooms, solution.classes[place].room)
    return other and _with_class(solution, place, room=other)


def another_instructor(rng, instance, solution):
    """Let another pool teach; a run of an alternative pool is named by it."""
    place = _class(rng, solution)
    item = solution.classes[place]
    other = _other(rng, instance.instructors, item.instructor)
    return other and _with_class(solution, place, instructor=other, run=item.run.replace(f"/{item.instructor}", f"/{other}"))


def another_site(rng, instance, solution):
    """Teach at another site."""
    place = _class(rng, solution)
    other = _other(rng, instance.sites, solution.classes[place].site)
    return other and _with_class(solution, place, site=other)


def another_course(rng, instance, solution):
    """Call the class one of another course."""
    place = _class(rng, solution)
    other = _other(rng, instance.courses, solution.classes[place].course)
    return other and _with_class(solution, place, course=other)


def classes_beyond_max_parallel(rng, instance, solution):
    """Open more parallel classes than the offering allows, all of nobody but the first."""
    place = _class(rng, solution)
    item = solution.classes[place]
    there = sum(other.run == item.run for other in solution.classes)
    most = next(o.max_parallel for o in instance.offerings if o.id == item.offering)
    more = [replace(item, number=number, members=()) for number in range(there + 1, most + 2)]
    return replace(solution, classes=_resorted([*solution.classes, *more]))


# --- the form of a plan -----------------------------------------------------------------------------------------------------


def member_doubled(rng, instance, solution):
    """List a membership twice."""
    place, seat = _seat(rng, solution)
    members = solution.classes[place].members
    return _with_class(solution, place, members=(*members[: seat + 1], *members[seat:]))


def class_doubled(rng, instance, solution):
    """List a class twice."""
    place = _class(rng, solution)
    return replace(solution, classes=(*solution.classes[: place + 1], *solution.classes[place:]))


def number_skipped(rng, instance, solution):
    """Number a class as if there were one before it."""
    place = _class(rng, solution)
    return _with_class(solution, place, number=solution.classes[place].number + 50)


def number_zero(rng, instance, solution):
    """Number a class 0."""
    return _with_class(solution, _class(rng, solution), number=0)


def count_zero(rng, instance, solution):
    """Seat nobody of a line and list it."""
    return _with_member(solution, *_seat(rng, solution), count=0)


def count_negative(rng, instance, solution):
    """Seat fewer than nobody."""
    return _with_member(solution, *_seat(rng, solution), count=-1)


def count_in_floating_point(rng, instance, solution):
    """Seat a count that is equal and not a whole number."""
    place, seat = _seat(rng, solution)
    return _with_member(solution, place, seat, count=float(solution.classes[place].members[seat].count))


def waiting_count_zero(rng, instance, solution):
    """List a line of which nobody waits."""
    waiting = {row.demand for row in solution.unplaced}
    free = sorted(demand.id for demand in instance.demands if demand.id not in waiting)
    if not free:
        return None
    return replace(solution, unplaced=tuple(sorted((*solution.unplaced, Member(rng.choice(free), 0)))))


def unknown_line(rng, instance, solution):
    """Seat a line that nobody asked for."""
    place = _class(rng, solution)
    members = (*solution.classes[place].members, Member("~nobody", 1))
    return _with_class(solution, place, members=members)


def unknown_room(rng, instance, solution):
    """Teach in a room that does not exist."""
    return _with_class(solution, _class(rng, solution), room="~nowhere")


def unknown_offering(rng, instance, solution):
    """Open a class that nobody offers."""
    return _with_class(solution, _class(rng, solution), offering="~none")


def members_unsorted(rng, instance, solution):
    """List members in another order."""
    several = [i for i, item in enumerate(solution.classes) if len(item.members) > 1]
    if not several:
        return None
    place = rng.choice(several)
    return _with_class(solution, place, members=tuple(reversed(solution.classes[place].members)))


def classes_unsorted(rng, instance, solution):
    """List classes in another order."""
    return replace(solution, classes=tuple(reversed(solution.classes))) if len(solution.classes) > 1 else None


def waiting_unsorted(rng, instance, solution):
    """List those who wait in another order."""
    return replace(solution, unplaced=tuple(reversed(solution.unplaced))) if len(solution.unplaced) > 1 else None


def run_of_another_week(rng, instance, solution):
    """Name a run whose start is another one, for example to slip past a ban."""
    place = _class(rng, solution)
    item = solution.classes[place]
    other = f"{item.offering}/{(item.start + dt.timedelta(weeks=1)).isoformat()}/{item.pattern}"
    return _with_class(solution, place, run=other)


def start_after_the_first_day(rng, instance, solution):
    """Say that a class starts later than it teaches, for example to meet a window."""
    place = _class(rng, solution)
    item = solution.classes[place]
    later = item.start + dt.timedelta(days=1)
    return _with_class(solution, place, start=later, run=f"{item.offering}/{later.isoformat()}/{item.pattern}")


def day_doubled(rng, instance, solution):
    """List a day twice, for example to make up the number of days."""
    place = _class(rng, solution)
    dates = solution.classes[place].dates
    return _with_class(solution, place, dates=(*dates, dates[-1]))


def no_days(rng, instance, solution):
    """Teach on no day."""
    return _with_class(solution, _class(rng, solution), dates=())


KINDS: dict[Corrupt, str] = {
    last_class_dropped: "one_seat_per_trainee",
    member_dropped: "one_seat_per_trainee",
    one_trainee_too_many: "one_seat_per_trainee",
    one_trainee_lost: "one_seat_per_trainee",
    waiting_row_dropped: "one_seat_per_trainee",
    one_more_waits: "one_seat_per_trainee",
    nobody_waits: "one_seat_per_trainee",
    seat_in_another_course: "one_seat_per_trainee",
    two_lines_exchanged: "one_seat_per_trainee",
    block_interrupted: "unbroken",
    class_below_its_minimum: "class_size",
    class_of_nobody: "class_size",
    class_above_its_maximum: "class_size",
    last_day_missing: "release_pattern",
    one_day_too_many: "release_pattern",
    a_day_moved: "release_pattern",
    a_day_on_a_weekend: "calendar",
    a_day_after_the_horizon: "calendar",
    a_pattern_of_another_course: "release_pattern",
    a_week_later: "offering",
    another_room: "offering",
    another_instructor: "offering",
    another_site: "offering",
    another_course: "offering",
    classes_beyond_max_parallel: "offering",
    member_doubled: "plan_form",
    class_doubled: "plan_form",
    number_skipped: "plan_form",
    number_zero: "plan_form",
    count_zero: "plan_form",
    count_negative: "plan_form",
    count_in_floating_point: "plan_form",
    waiting_count_zero: "plan_form",
    unknown_line: "plan_form",
    unknown_room: "plan_form",
    unknown_offering: "plan_form",
    members_unsorted: "plan_form",
    classes_unsorted: "plan_form",
    waiting_unsorted: "plan_form",
    run_of_another_week: "plan_form",
    start_after_the_first_day: "plan_form",
    day_doubled: "plan_form",
    no_days: "plan_form",
}
"""Every kind, and the rule that it breaks for certain."""

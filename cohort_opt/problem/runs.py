"""Which runs the academy side allows: an offering with a start and a pattern; and why each other one cannot exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cohort_opt.problem.class_sizes import class_minimum, most_accepted
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Course, InstructorPool, Offering, Pattern, RoomPool
from cohort_opt.problem.run import Rejection, Run, run_id, runs_at
from cohort_opt.problem.run_rules import AcademySide, active_rules, closing_rule
from cohort_opt.problem.schedule import TeachingDays, capacity_on, possible_starts

__all__ = ["Rejection", "Run", "list_runs", "run_id"]


def list_runs(instance: Instance) -> tuple[tuple[Run, ...], tuple[Rejection, ...]]:
    """Return the runs that the academy side allows, sorted by id, and the reason for each that it does not."""
    runs: list[Run] = []
    rejected: list[Rejection] = []
    for item in _offered(instance):
        if isinstance(item, Run):
            runs.append(item)
        else:
            rejected.append(item)
    return tuple(sorted(runs, key=lambda run: run.id)), tuple(sorted(rejected, key=lambda r: r.subject))


def _offered(instance: Instance) -> Iterator[Run | Rejection]:
    days = TeachingDays(instance.calendar)
    courses = {course.id: course for course in instance.courses}
    pools = _Pools(instance, days)
    side, rules = AcademySide.of(instance, days), active_rules(instance)
    banned = {ban.run for ban in instance.bans if ban.demand is None}
    for offering in instance.offerings:
        course = courses[offering.course]
        for start in possible_starts(offering, instance.calendar):
            for pattern in course.patterns:
                dates = days.class_dates(start, pattern)
                for name, pool in runs_at(offering, start, pattern.id):
                    if name in banned:
                        yield Rejection(name, "bans", {"run": name})
                    elif dates is None:
                        yield _no_dates(name, start, days)
                    else:
                        run = _run(name, offering, course, pools, pattern, pool, dates)
                        yield pools.full_on(run) or closing_rule(rules, side, run, pattern) or run


def _run(
    name: str, offering: Offering, course: Course, pools: _Pools, pattern: Pattern, pool: str, dates: tuple[dt.date, ...]
) -> Run:
    return Run(
        name, offering.id, course.id, offering.site, offering.room, pool, dates[0], pattern.id, pattern.kind,
        dates, class_minimum(course) or course.max_seats, most_accepted(course, pools.room_seats[offering.room]),
        pattern.part,
    )  # fmt: skip


def _no_dates(name: str, start: dt.date, days: TeachingDays) -> Rejection:
    if start in days.closed_by_day:
        return Rejection(name, "calendar", {"date": start.isoformat(), "closure": days.closed_by_day[start]})
    return Rejection(name, "calendar", {"start": start.isoformat(), "horizon_end": days.calendar.end.isoformat()})


class _Pools:
    """Days on which a pool has nothing to give."""

    def __init__(self, instance: Instance, days: TeachingDays) -> None:
        self.room_seats = {room.id: room.seats for room in instance.rooms}
        self._empty = {
            **{("room_capacity", room.id): _empty_days(room, days) for room in instance.rooms},
            **{("instructor_capacity", pool.id): _empty_days(pool, days) for pool in instance.instructors},
        }

    def full_on(self, run: Run) -> Rejection | None:
        """Return why the run has no room or instructor on one of its days."""
        for rule, pool in (("room_capacity", run.room), ("instructor_capacity", run.instructor)):
            for day in run.dates:
                if day in self._empty[rule, pool]:
                    return Rejection(run.id, rule, {"pool": pool, "date": day.isoformat(), "capacity": 0})
        return None


def _empty_days(pool: RoomPool | InstructorPool, days: TeachingDays) -> frozenset[dt.date]:
    """Return the days on which a pool has nothing to give; quick for the many pools without absences."""
    if not pool.absences:
        return frozenset()
    return frozenset(day for day in days.ordered if capacity_on(pool, day) == 0)

"""Pins that cannot all hold, each with the smallest set that clashes.

A pin asks for at least `count` of a line in a run; a line that keeps together, or in parts, then sends more than that.
What depends on further rules (travel, windows) is left to the candidates; what depends on a choice is left to the solver.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cohort_opt.problem.class_sizes import most_accepted
from cohort_opt.problem.findings import Finding, Place, key_of, name_of
from cohort_opt.problem.records import (
    Ban,
    Course,
    Demand,
    InstanceRecords,
    InstructorPool,
    Offering,
    Pattern,
    Pin,
    RoomPool,
)
from cohort_opt.problem.run import runs_at
from cohort_opt.problem.schedule import TeachingDays, capacity_on, halves_of, possible_starts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _PinnedRun:
    """A run that must open, and who is pinned into it."""

    offering: Offering
    course: Course
    instructor: str
    dates: tuple[dt.date, ...]
    pins: tuple[Pin, ...]
    held: int
    seats: int
    halves: tuple[int, ...]

    def pool(self, kind: str) -> str:
        """Return the pool of rooms or of instructors that the run uses."""
        return self.offering.room if kind == "room" else self.instructor

    @property
    def classes(self) -> int:
        """Return how many classes of the run must open at least; never more than may, which is told on its own."""
        return min(max(1, -(-self.held // self.seats)), self.offering.max_parallel)


def pins_and_bans(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each pin that a ban forbids."""
    bans = {(ban.run, ban.demand): ban for ban in records.bans}
    for pin in records.pins:
        for demand in (None, pin.demand):
            if ban := bans.get((pin.run, demand)):
                closed = "the run" if demand is None else f"the run to {demand}"
                yield _clash([pin], pin.count, f"{name_of('bans', ban)} closes {closed}", "drop the pin or the ban",
                             Place("bans", key_of("bans", ban)))  # fmt: skip


def pinned_lines(records: InstanceRecords) -> Iterator[Finding]:
    """Yield each line that its pins would have in two places at once, or with more trainees than it has."""
    demands = {demand.id: demand for demand in records.demands}
    for line, pins in _grouped(records.pins):
        demand = demands.get(line)
        if demand is None:
            continue
        runs = {pin.run: pin for pin in pins}
        if demand.together and len(runs) > 1:
            yield _clash(list(runs.values())[:2], demand.count, "the line keeps together and is pinned into two runs",
                         "drop one of the pins", Place("demands", (line,), "together"))  # fmt: skip
            continue
        clash = _least_exceeding([(pin.count if len(runs) == 1 else _held(pin, demand), pin) for pin in pins], demand.count)
        if clash:
            held = sum(amount for amount, _ in clash)
            yield _clash([pin for _, pin in clash], held, f"the line has {demand.count} trainees", "lower one of the pins",
                         Place("demands", (line,), "count"), field="count")  # fmt: skip


def pinned_runs(records: InstanceRecords) -> Iterator[Finding]:
    """Yield pins and bans of runs that no offering has, and pinned runs that lack days, seats, rooms or instructors."""
    if not records.pins and not records.bans:
        return
    days = TeachingDays(records.calendar)
    found = _Runs(records, days)
    named: list[tuple[str, Pin | Ban]] = [*(("pins", pin) for pin in records.pins), *(("bans", ban) for ban in records.bans)]
    for collection, row in named:
        if found.of(row.run) is None:
            yield Finding("unknown-run", name_of(collection, row), row.run, "no offering has such a run",
                          "copy the run id from a proposal", (Place(collection, key_of(collection, row), "run"),))  # fmt: skip
    runs: list[_PinnedRun] = []
    for name, pins in _grouped(records.pins, by="run"):
        yield from _into_other_course(found, name, pins)
        run = found.pinned(name, pins)
        if run is not None and run.dates:
            runs.append(run)
        elif run is not None:
            yield _clash(pins[:1], pins[0].count, f"the run cannot be held: {found.why_not(name)}", "drop the pin",
                         Place("calendar", field="closed"))  # fmt: skip
    yield from _too_few_seats(runs)
    yield from _too_few_rooms(records, runs)


class _Runs:
    """Looks up runs by their id among those that the offerings have."""

    def __init__(self, records: InstanceRecords, days: TeachingDays) -> None:
        self._days = days
        self.demands = {demand.id: demand for demand in records.demands}
        self._courses = {course.id: course for course in records.courses}
        self._seats = {room.id: room.seats for room in records.rooms}
        self._offerings = {offering.id: offering for offering in records.offerings}
        self._known: dict[str, dict[str, tuple[dt.date, Pattern, str]]] = {}

    def of(self, run: str) -> tuple[Offering, dt.date, Pattern, str] | None:
        """Return offering, start, pattern and instructor pool of the run; `None` if no offering has it."""
        offering = self._offerings.get(run.split("/", 1)[0])  # only narrows the search: the whole id is compared below
        if offering is None or offering.course not in self._courses:
            return None
        if offering.id not in self._known:
            self._known[offering.id] = {
                name: (start, pattern, pool)
                for start in possible_starts(offering, self._days.calendar)
                for pattern in self._courses[offering.course].patterns
                for name, pool in runs_at(offering, start, pattern.id)
            }
        found = self._known[offering.id].get(run)
        return (offering, *found) if found else None

    def pinned(self, run: str, pins: Sequence[Pin]) -> _PinnedRun | None:
        """Return the run with those pinned into it; without dates if it cannot be held."""
        found = self.of(run)
        if found is None:
            return None
        offering, start, pattern, pool = found
        course = self._courses[offering.course]
        taught = courses_of(offering)
        pins = [pin for pin in pins if (d := self.demands.get(pin.demand)) and d.course in taught]
        held = sum(_held(pin, self.demands[pin.demand]) for pin in pins)
        seats = max(1, most_accepted(course, self._seats.get(offering.room)))
        return _PinnedRun(offering, course, pool, self._days.class_dates(start, pattern) or (), tuple(pins), held, seats,
                          halves_of(pattern.part))  # fmt: skip

    def why_not(self, run: str) -> str:
        """Return why a run has no dates."""
        found = self.of(run)
        start = found[1] if found else None
        if start in self._days.closed_by_day:
            return f"{start} is closed ({self._days.closed_by_day[start]})"
        return f"its days do not fit before {self._days.calendar.end}"


def _into_other_course(found: _Runs, run: str, pins: Sequence[Pin]) -> Iterator[Finding]:
    offered = found.of(run)
    for pin in pins:
        demand = found.demands.get(pin.demand)
        if offered and demand and demand.course not in courses_of(offered[0]):
            rule = f"the line asks for {demand.course}, the run teaches {offered[0].course}"
            yield _clash([pin], pin.count, rule, "pin the line into a run of its course",
                         Place("demands", (demand.id,), "course"), field="run")  # fmt: skip


def _too_few_seats(runs: Iterable[_PinnedRun]) -> Iterator[Finding]:
    for run in runs:
        seats = run.seats * run.offering.max_parallel
        if run.held > seats:
            clash = _least_exceeding([(pin.count, pin) for pin in run.pins], seats)
            rule = f"the run has {seats} seats ({run.offering.max_parallel} classes of {run.seats})"
            yield _clash([pin for _, pin in clash] or list(run.pins), run.held, rule, "drop or lower one of the pins",
                         Place("courses", (run.course.id,), "max_seats"), field="count")  # fmt: skip


def _too_few_rooms(records: InstanceRecords, runs: Sequence[_PinnedRun]) -> Iterator[Finding]:
    pools: list[tuple[str, Sequence[RoomPool | InstructorPool]]] = [
        ("room", records.rooms),
        ("instructor", records.instructors),
    ]
    for kind, members in pools:
        for pool in members:
            users = [run for run in runs if run.pool(kind) == pool.id and run.pins]
            reported: set[tuple[str, ...]] = set()
            for day, half in sorted({(day, half) for run in users for day in run.dates for half in run.halves}):
                there = capacity_on(pool, day)
                here = [run for run in users if day in run.dates and half in run.halves]
                clash = _least_exceeding([(run.classes, run) for run in here], there)
                names = tuple(run.pins[0].run for _, run in clash)
                if clash and names not in reported:
                    reported.add(names)
                    rule = f"on {day} the pinned runs need {sum(n for n, _ in clash)} {kind}s of {pool.id}, {there} are there"
                    yield _clash([run.pins[0] for _, run in clash], len(clash), rule, "drop one of the pins",
                                 Place(f"{kind}s", (pool.id,), "count"))  # fmt: skip


def courses_of(offering: Offering) -> frozenset[str]:
    """Return the courses whose lines may attend the runs of an offering."""
    return frozenset({offering.course, *(other.course for other in offering.combines)})


def _held(pin: Pin, demand: Demand) -> int:
    """Return how many of the line sit in the run if the pin holds."""
    return demand.count if demand.together else max(pin.count, demand.min_part)


def _grouped(pins: Sequence[Pin], by: str = "demand") -> list[tuple[str, list[Pin]]]:
    groups: dict[str, list[Pin]] = defaultdict(list)
    for pin in pins:
        groups[getattr(pin, by)].append(pin)
    return sorted(groups.items())


def _least_exceeding(amounts: Sequence[tuple[int, T]], limit: int) -> list[tuple[int, T]]:
    """Return the fewest amounts whose sum exceeds the limit; empty if all together do not."""
    taken: list[tuple[int, T]] = []
    for item in sorted(amounts, key=lambda item: -item[0]):
        taken.append(item)
        if sum(amount for amount, _ in taken) > limit:
            return taken
    return []


def _clash(pins: Sequence[Pin], value: object, rule: str, remedy: str, *others: Place, field: str = "") -> Finding:
    subject = " and ".join(name_of("pins", pin) for pin in pins[:2]) + (f" and {len(pins) - 2} more" if len(pins) > 2 else "")
    places = [Place("pins", key_of("pins", pin), field) for pin in pins]
    return Finding("contradictory-pins", subject, value, rule, remedy, (*places, *others))

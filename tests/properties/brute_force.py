"""The best plan of a small instance by trying everything, written from the records alone.

No numpy, no solver, and nothing of the library but its records: every rule is read from its sentence a second time. Three
things are not tried, and nothing else: a set of classes that costs more than the best known plan even if every line had its
cheapest choice among them; a partial plan that is dearer than the best known one at the least that the lines to come cost, both
less the most that all grants bring; and classes that cannot be filled by all who may attend them, or that have no room or
instructor, and whatever is added to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cohort_opt.problem.records import Demand, InstanceRecords
from tests.properties.coupling_rules import coupled_cents, couplings_hold, most_granted, takes_course, waiting_share
from tests.properties.trade_rules import (
    beds_hold,
    buffers_hold,
    class_holds,
    hours_hold,
    line_may_attend,
    most_seats,
    opening_cents,
    parallel_holds,
    run_may_exist,
    travel_holds,
    way_cents,
    weeks_hold,
)

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class PossibleRun:
    """An offering with a start and a pattern whose days all exist."""

    id: str
    offering: Any
    course: Any
    kind: str
    dates: tuple[dt.date, ...]
    most_seats: int
    instructor: str
    pattern: str
    halves: str
    opening_cents: int


@dataclass(frozen=True)
class Best:
    """The least cost and one plan that has it: (run id, members by line) for each class, and who waits."""

    cents: int
    classes: tuple[tuple[str, dict[str, int]], ...]
    unplaced: dict[str, int]


def best_plan(given: InstanceRecords) -> Best | None:
    """Return the cheapest plan that keeps every rule and pin, or `None` if there is none."""
    runs = list(possible_runs(given))
    if any(pin.run not in {run.id for run in runs} for pin in given.pins):
        return None
    table = Table.of(given, runs)
    best: Best | None = None
    for least, chosen in sorted(open_classes(given, runs, table), key=lambda found: (found[0], len(found[1]))):
        if best is not None and least >= best.cents:
            break  # the sets are in order of the least that they can cost
        best = _fill(given, tuple(runs[r] for r in chosen), table, chosen, best.cents if best else None) or best
    return best


@dataclass(frozen=True)
class Table:
    """Per line and run: whether the line may attend it and what a trainee costs there; per line, what waiting costs."""

    attends: tuple[tuple[bool, ...], ...]
    prices: tuple[tuple[int, ...], ...]
    waits: tuple[int, ...]

    @classmethod
    def of(cls, given: InstanceRecords, runs: list[PossibleRun]) -> Table:
        """Look at each line and each run once."""
        return cls(
            tuple(tuple(may_attend(given, line, run) for run in runs) for line in given.demands),
            tuple(tuple(seat_cost(given, line, run) for run in runs) for line in given.demands),
            tuple(waiting_price(given, line) for line in given.demands),
        )

    def most_who_may_attend(self, given: InstanceRecords, run: int) -> int:
        """Return how many trainees of all lines may attend the run."""
        return sum(line.count for i, line in enumerate(given.demands) if self.attends[i][run])

    def least_cents(self, given: InstanceRecords, chosen: tuple[int, ...], fixed: int) -> int:
        """Return less than these classes can cost: each trainee has the cheapest of them or waits, and every grant is paid."""
        each = (
            line.count * min([wait, *(self.prices[i][r] for r in chosen if self.attends[i][r])])
            for i, (line, wait) in enumerate(zip(given.demands, self.waits, strict=True))
        )
        return fixed + sum(each) - most_granted(given)


# --- which runs exist -------------------------------------------------------------------------------------------------------


def possible_runs(given: InstanceRecords) -> Iterator[PossibleRun]:
    """Yield every run whose start the offering allows and whose days fit into the calendar."""
    closed = {run.run for run in given.bans if run.demand is None}
    for offering in given.offerings:
        course = next(c for c in given.courses if c.id == offering.course)
        room = next(r for r in given.rooms if r.id == offering.room)
        day = offering.first_start
        while day <= offering.last_start:
            if _may_start(offering, day):
                for pattern in course.patterns:
                    dates = _dates(given, day, pattern)
                    name = f"{offering.id}/{day.isoformat()}/{pattern.id}"
                    if dates and run_may_exist(given, course, pattern, dates):
                        for pool in (offering.instructor, *offering.instructor_alternatives):
                            own = name if pool == offering.instructor else f"{name}/{pool}"
                            if own not in closed:
                                halves = {"day": "ap", "morning": "a", "afternoon": "p"}[pattern.part]
                                yield PossibleRun(
                                    own, offering, course, pattern.kind, dates, most_seats(course, room), pool, pattern.id,
                                    halves, opening_cents(given, offering, pool, dates, halves),
                                )  # fmt: skip
            day += DAY


def _may_start(offering: Any, day: dt.date) -> bool:
    if day.strftime("%a").lower() not in [str(weekday.value) for weekday in offering.start_weekdays]:
        return False
    week_of_day = day - day.weekday() * DAY
    week_of_first = offering.first_start - offering.first_start.weekday() * DAY
    return (week_of_day - week_of_first).days // 7 % offering.every_weeks == 0


def is_teaching_day(given: InstanceRecords, day: dt.date) -> bool:
    """Return whether the day is Monday to Friday, inside the horizon and not closed."""
    inside = given.calendar.start <= day <= given.calendar.end
    return inside and day.weekday() < 5 and not any(p.first <= day <= p.last for p in given.calendar.closed)


def _dates(given: InstanceRecords, start: dt.date, pattern: Any) -> tuple[dt.date, ...]:
    """Return the days of the class, or none at all if the start is closed or the horizon ends too early."""
    if not is_teaching_day(given, start):
        return ()
    block, weekly = getattr(pattern, "days", 0), getattr(pattern, "weeks", 0)
    dates, day = [], start
    while len(dates) < block + weekly and day <= given.calendar.end:
        if is_teaching_day(given, day) and (len(dates) < block or day.weekday() == start.weekday()):
            dates.append(day)
        day += DAY
    return tuple(dates) if len(dates) == block + weekly else ()


# --- which classes open together --------------------------------------------------------------------------------------------


def open_classes(given: InstanceRecords, runs: list[PossibleRun], table: Table) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield every multiset of classes (indices of runs) that could be held, each with the least that it can cost."""
    asked = sum(line.count for line in given.demands)
    usable = [r for r, run in enumerate(runs) if table.most_who_may_attend(given, r) >= run.course.min_seats]

    def extend(chosen: tuple[int, ...], fixed: int, seats: int, i: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        yield table.least_cents(given, chosen, fixed), chosen
        for j in range(i, len(usable)):
            run = runs[usable[j]]
            longer = (*chosen, usable[j])
            classes = tuple(runs[r] for r in longer)
            if (
                seats + run.course.min_seats <= asked
                and parallel_holds(classes)
                and has_room(given, classes)
                and hours_hold(given, classes)
                and travel_holds(given, classes)
            ):
                yield from extend(longer, fixed + run.opening_cents, seats + run.course.min_seats, j)

    yield from extend((), 0, 0, 0)


def has_room(given: InstanceRecords, classes: tuple[PossibleRun, ...]) -> bool:
    """Return whether rooms and instructors suffice in each half of each day."""
    for day, half in {(day, half) for c in classes for day in c.dates for half in c.halves}:
        today = [c for c in classes if day in c.dates and half in c.halves]
        for pool in given.rooms:
            if sum(c.offering.room == pool.id for c in today) > _there(pool, day):
                return False
        for pool in given.instructors:
            if sum(c.instructor == pool.id for c in today) > _there(pool, day):
                return False
    return True


def _there(pool: Any, day: dt.date) -> int:
    return max(0, pool.count - sum(a.count for a in pool.absences if a.first <= day <= a.last))


# --- who sits where ---------------------------------------------------------------------------------------------------------


def may_attend(given: InstanceRecords, demand: Demand, run: PossibleRun) -> bool:
    """Return whether every rule between one line and one run holds; class sizes and other lines are not looked at."""
    company = next(c for c in given.companies if c.id == demand.company)
    return (
        takes_course(run, demand.course)
        and line_may_attend(given, demand, run)
        and demand.earliest_start <= run.dates[0] <= demand.latest_start
        and all(day.strftime("%a").lower() in [str(w.value) for w in demand.weekdays] for day in run.dates)
        and run.kind in demand.patterns
        and not any(period.first <= day <= period.last for period in company.closed for day in run.dates)
        and not any(ban.run == run.id and ban.demand in (None, demand.id) for ban in given.bans)
    )


def seat_cost(given: InstanceRecords, demand: Demand, run: PossibleRun) -> int:
    """Return what one trainee of the line in the run costs: seat, journeys, waiting."""
    weeks = (run.dates[0] - demand.earliest_start).days // 7
    return run.offering.seat_cents + way_cents(given, demand, run) + weeks * given.prices.waiting_cents_per_week


def waiting_price(given: InstanceRecords, demand: Demand) -> int:
    """Return the price of one trainee without a seat."""
    price = given.prices.unplaced_cents if demand.unplaced_cents is None else demand.unplaced_cents
    return waiting_share(price, demand)


def splits(demand: Demand, allowed: list[bool]) -> Iterator[tuple[int, ...]]:
    """Yield every way to spread the line over the classes (the rest waits) that keeps its parts."""
    if demand.together:
        yield (0,) * len(allowed)
        for k in (k for k, ok in enumerate(allowed) if ok):
            yield tuple(demand.count * (i == k) for i in range(len(allowed)))
        return
    yield from _parts(demand.min_part, demand.count, tuple(allowed))


def _parts(least: int, left: int, allowed: tuple[bool, ...]) -> Iterator[tuple[int, ...]]:
    if not allowed:
        yield ()
        return
    for part in (0, *range(least, left + 1)) if allowed[0] else (0,):
        for rest in _parts(least, left - part, allowed[1:]):
            yield (part, *rest)


def _fill(
    given: InstanceRecords, classes: tuple[PossibleRun, ...], table: Table, chosen_runs: tuple[int, ...], limit: int | None
) -> Best | None:
    """Return the best way to fill exactly these classes if it is cheaper than the limit."""
    lines = given.demands
    allowed = [[table.attends[i][r] for r in chosen_runs] for i in range(len(lines))]
    prices = [[table.prices[i][r] for r in chosen_runs] for i in range(len(lines))]
    fixed = sum(run.opening_cents for run in classes)
    best: list[Any] = [limit, None]
    every = range(len(classes))
    # Every way to spread each line with its cost, cheapest first; what the lines still to come cost at least is cut beforehand.
    options = [
        sorted(
            (sum(n * price for n, price in zip((*parts, line.count - sum(parts)), (*prices[i], wait), strict=True)), parts)
            for parts in splits(line, allowed[i])
            if _keeps_pins(given, line, classes, parts)
        )
        for i, (line, wait) in enumerate(zip(lines, table.waits, strict=True))
    ]
    if not all(options):
        return None
    granted = most_granted(given)
    to_come = [sum(ways[0][0] for ways in options[i:]) for i in range(len(lines) + 1)]
    # Class k still lacks so many once lines 0 to i - 1 sit, if all of the others who may attend it do.
    lacks = [
        [
            run.course.min_seats - sum(line.count for j, line in enumerate(lines) if j >= i and allowed[j][k])
            for k, run in enumerate(classes)
        ]
        for i in range(len(lines) + 1)
    ]

    def place(i: int, cents: int, sizes: tuple[int, ...], chosen: tuple[tuple[int, ...], ...]) -> None:
        if best[0] is not None and cents + to_come[i] - granted >= best[0]:
            return
        if i == len(lines):
            seats = [{line.id: parts[k] for line, parts in zip(lines, chosen, strict=True) if parts[k]} for k in every]
            total = cents + coupled_cents(given, classes, seats)
            if (best[0] is None or total < best[0]) and _is_valid(given, classes, chosen, sizes):
                best[:] = [total, chosen]
            return
        for paid, parts in options[i]:
            if best[0] is not None and cents + paid + to_come[i + 1] - granted >= best[0]:
                break  # the other ways are dearer
            after = tuple(size + part for size, part in zip(sizes, parts, strict=True))
            if all(lack <= size <= run.most_seats for lack, size, run in zip(lacks[i + 1], after, classes, strict=True)):
                place(i + 1, cents + paid, after, (*chosen, parts))

    if all(lack <= 0 for lack in lacks[0]):
        place(0, fixed, (0,) * len(classes), ())
    return _named(given, classes, best[0], best[1]) if best[1] is not None else None


def _keeps_pins(given: InstanceRecords, line: Demand, classes: tuple[PossibleRun, ...], parts: tuple[int, ...]) -> bool:
    """Return whether enough of the line sit in each run into which it is pinned."""
    seats = {pin.run: sum(n for n, run in zip(parts, classes, strict=True) if run.id == pin.run) for pin in given.pins}
    return all(seats[pin.run] >= pin.count for pin in given.pins if pin.demand == line.id)


def _is_valid(
    given: InstanceRecords, classes: tuple[PossibleRun, ...], chosen: tuple[tuple[int, ...], ...], sizes: tuple[int, ...]
) -> bool:
    lines = given.demands
    seats = [{line.id: parts[k] for line, parts in zip(lines, chosen, strict=True) if parts[k]} for k in range(len(classes))]
    for k, run in enumerate(classes):
        if sizes[k] < run.course.min_seats or not class_holds(given, run, seats[k]):
            return False
        cost = run.opening_cents + run.offering.seat_cents * sizes[k]
        for line, parts in zip(lines, chosen, strict=True):
            cap = line.max_seat_price_cents
            if parts[k] and cap is not None and cost > cap * sizes[k]:
                return False
    for pin in given.pins:
        line = next(i for i, d in enumerate(lines) if d.id == pin.demand)
        if sum(chosen[line][k] for k, run in enumerate(classes) if run.id == pin.run) < pin.count:
            return False
    return (
        couplings_hold(given, classes, seats)
        and _absences_hold(given, classes, chosen)
        and weeks_hold(given, classes, seats)
        and beds_hold(given, classes, seats)
        and buffers_hold(given, classes, seats)
    )


def _absences_hold(given: InstanceRecords, classes: tuple[PossibleRun, ...], chosen: tuple[tuple[int, ...], ...]) -> bool:
    for company in given.companies:
        if company.max_away_per_day is None:
            continue
        own = [i for i, line in enumerate(given.demands) if line.company == company.id]
        for day in {day for run in classes for day in run.dates}:
            away = sum(chosen[i][k] for i in own for k, run in enumerate(classes) if day in run.dates)
            if away > company.max_away_per_day:
                return False
    return True


def _named(given: InstanceRecords, classes: tuple[PossibleRun, ...], cents: int, chosen: tuple[tuple[int, ...], ...]) -> Best:
    named = tuple(
        (run.id, {line.id: parts[k] for line, parts in zip(given.demands, chosen, strict=True) if parts[k]})
        for k, run in enumerate(classes)
    )
    waits = {line.id: line.count - sum(parts) for line, parts in zip(given.demands, chosen, strict=True)}
    return Best(cents, named, {line: count for line, count in waits.items() if count})

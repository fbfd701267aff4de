"""The proven best value of an instance without a solver: vectors of open classes, and a dynamic program over companies.

How the proof goes, for an instance whose rules are those of `cohort_opt.problem.records`:

1. Each course by itself: for every multiset of its runs that its trainees could fill, a dynamic program over the companies
   places every trainee or lets it wait. A state holds, per class, how many sit there and the least size that a member's price
   cap asks for. This value is exact for the course alone; it knows all rules but those that tie courses to each other.
2. What ties courses are rooms and instructors (looked at in step 3), and the limit on trainees of one company away on one
   day. So the sum of the courses' values never exceeds the cost of a plan that opens these classes.
3. All combinations of step 1 in order of that sum, cheapest first. One that lacks a room or an instructor is passed over. One
   in which such a limit could bind is solved again, with the companies concerned placed jointly in all courses. The search
   ends when the next sum is not below the best exact value: nothing after it can be cheaper.

Rules are read from the records by `tests/properties/brute_force.py`, never by the library; a test in this folder holds this
program against plain brute force on random instances.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cohort_opt.problem.records import Company, Demand, InstanceRecords
from tests.properties.brute_force import (
    PossibleRun,
    has_room,
    may_attend,
    possible_runs,
    seat_cost,
    splits,
    waiting_price,
)

Classes = tuple[PossibleRun, ...]
State = tuple[tuple[int, int], ...]
"""Per class: trainees so far, and the least size that its members ask for."""
Table = dict[State, int]


@dataclass(frozen=True)
class CourseChoice:
    """One multiset of open classes of one course and the least cost of the course with exactly these."""

    classes: Classes
    cents: int


@dataclass(frozen=True)
class Proof:
    """The least cost (`None` = no plan keeps every rule and pin), the classes that have it, and how much was looked at."""

    cents: int | None
    runs: tuple[str, ...]
    choices: int
    combinations: int


def prove(given: InstanceRecords) -> Proof:
    """Return the proven least cost of the instance."""
    runs = list(possible_runs(given))
    if any(pin.run not in {run.id for run in runs} for pin in given.pins):
        return Proof(None, (), 0, 0)
    by_course = [sorted(_choices(given, runs, course), key=lambda c: c.cents) for course in given.courses]
    best, best_runs, looked_at = None, (), 0
    for bound, chosen in _cheapest_first(by_course):
        if best is not None and bound >= best:
            break
        looked_at += 1
        classes = tuple(run for choice in chosen for run in choice.classes)
        if not has_room(given, classes):
            continue
        exact = _joint(given, chosen)
        if exact is not None and (best is None or exact < best):
            best, best_runs = exact, tuple(run.id for run in classes)
    return Proof(best, best_runs, sum(len(choices) for choices in by_course), looked_at)


# --- one course by itself ---------------------------------------------------------------------------------------------------


def _choices(given: InstanceRecords, runs: list[PossibleRun], course: Any) -> Iterator[CourseChoice]:
    """Yield every multiset of classes of the course that can be filled, with its exact cost."""
    own = [run for run in runs if run.course.id == course.id]
    asked = sum(line.count for line in given.demands if line.course == course.id)
    for number in range(asked // course.min_seats + 1):
        for classes in itertools.combinations_with_replacement(own, number):
            if all(classes.count(run) <= run.offering.max_parallel for run in set(classes)) and has_room(given, classes):
                table = _fill(given, classes, _lines_of(given, course.id), given.companies)
                cents = _cheapest_end(classes, table, _nothing(classes))
                if cents is not None:
                    yield CourseChoice(classes, cents + sum(run.offering.fixed_cents for run in classes))


def _lines_of(given: InstanceRecords, course: str) -> list[Demand]:
    return [line for line in given.demands if line.course == course]


def _nothing(classes: Classes) -> State:
    return tuple((0, 0) for _ in classes)


def _fill(given: InstanceRecords, classes: Classes, lines: list[Demand], companies: tuple[Company, ...]) -> Table:
    """Return the least cost of each state after all lines of these companies are placed or wait."""
    table: Table = {_nothing(classes): 0}
    for company in companies:
        own = [line for line in lines if line.company == company.id]
        if not own:
            continue
        after: Table = {}
        options = _options(given, classes, company, own)
        for state, cents in table.items():
            for parts, price in options.items():
                joined = _joined(classes, state, parts)
                if joined is not None and cents + price < after.get(joined, cents + price + 1):
                    after[joined] = cents + price
        table = after
    return table


def _joined(classes: Classes, state: State, parts: State) -> State | None:
    """Return the state with the parts added; `None` if a class overflows."""
    joined = tuple((a + b, max(s, t)) for (a, s), (b, t) in zip(state, parts, strict=True))
    if any(size > run.most_seats for (size, _), run in zip(joined, classes, strict=True)):
        return None
    return joined


def _options(given: InstanceRecords, classes: Classes, company: Company, lines: list[Demand]) -> Table:
    """Return what the company can do with these lines: (trainees, least size) per class -> least cost."""
    options: Table = {}
    for chosen in itertools.product(*(list(_line_options(given, classes, line)) for line in lines)):
        parts = [sum(column) for column in zip(*(split for split, _ in chosen), strict=True)]
        if not _few_enough_away(classes, company, parts):
            continue
        need = [0] * len(classes)
        for line, (split, _) in zip(lines, chosen, strict=True):
            for k, run in enumerate(classes):
                if split[k]:
                    need[k] = max(need[k], _least_size(line, run))
        key, cents = tuple(zip(parts, need, strict=True)), sum(price for _, price in chosen)
        if cents < options.get(key, cents + 1):
            options[key] = cents
    return options


def _line_options(given: InstanceRecords, classes: Classes, line: Demand) -> Iterator[tuple[tuple[int, ...], int]]:
    allowed = [may_attend(given, line, run) for run in classes]
    for split in splits(line, allowed):
        if any(split[k] and _least_size(line, run) > run.most_seats for k, run in enumerate(classes)):
            continue
        if all(_seated(classes, split, pin.run) >= pin.count for pin in given.pins if pin.demand == line.id):
            seats = sum(part * seat_cost(given, line, run) for part, run in zip(split, classes, strict=True) if part)
            yield split, seats + (line.count - sum(split)) * waiting_price(given, line)


def _seated(classes: Classes, split: tuple[int, ...], run_id: str) -> int:
    return sum(part for part, run in zip(split, classes, strict=True) if run.id == run_id)


def _least_size(line: Demand, run: PossibleRun) -> int:
    """Return the least size of a class of the run whose seat the line accepts; beyond every class where there is none."""
    cap, offering = line.max_seat_price_cents, run.offering
    if cap is None:
        return 0
    sizes = range(1, run.most_seats + 1)
    return next((n for n in sizes if offering.fixed_cents + offering.seat_cents * n <= cap * n), run.most_seats + 1)


def _few_enough_away(classes: Classes, company: Company, parts: list[int]) -> bool:
    if company.max_away_per_day is None:
        return True
    days = {day for part, run in zip(parts, classes, strict=True) if part for day in run.dates}
    return all(
        sum(part for part, run in zip(parts, classes, strict=True) if day in run.dates) <= company.max_away_per_day
        for day in days
    )


def _cheapest_end(classes: Classes, table: Table, added: State) -> int | None:
    """Return the least cost of a state of the table that, with `added`, fills every class enough."""
    found = []
    for state, cents in table.items():
        end = _joined(classes, state, added)
        if end is not None and all(n >= max(run.course.min_seats, s) for (n, s), run in zip(end, classes, strict=True)):
            found.append(cents)
    return min(found, default=None)


# --- courses together -------------------------------------------------------------------------------------------------------


def _cheapest_first(by_course: list[list[CourseChoice]]) -> Iterator[tuple[int, tuple[CourseChoice, ...]]]:
    """Yield (sum, one choice per course), ascending by sum; each list is sorted by cost."""
    if not all(by_course):
        return
    start = (0,) * len(by_course)
    queue, seen = [(sum(choices[0].cents for choices in by_course), start)], {start}
    while queue:
        cents, at = heapq.heappop(queue)
        yield cents, tuple(choices[i] for choices, i in zip(by_course, at, strict=True))
        for k, choices in enumerate(by_course):
            after = (*at[:k], at[k] + 1, *at[k + 1 :])
            if at[k] + 1 < len(choices) and after not in seen:
                seen.add(after)
                heapq.heappush(queue, (cents + choices[at[k] + 1].cents - choices[at[k]].cents, after))


def _joint(given: InstanceRecords, chosen: tuple[CourseChoice, ...]) -> int | None:
    """Return the exact cost of opening exactly these classes, with the absence limits that tie courses."""
    total = sum(choice.cents for choice in chosen)
    tied = [company for company in given.companies if _is_tied(given, company, chosen)]
    if not tied:
        return total
    free = tuple(company for company in given.companies if company not in tied)
    parts = [choice.classes for choice in chosen]
    tables = [_fill(given, part, _lines_of(given, course.id), free) for part, course in zip(parts, given.courses, strict=True)]
    classes = tuple(run for part in parts for run in part)
    ends = [
        cents + rest
        for state, cents in _fill(given, classes, list(given.demands), tuple(tied)).items()
        if (rest := _rest(parts, tables, state)) is not None
    ]
    return min(ends) + sum(run.offering.fixed_cents for run in classes) if ends else None


def _rest(parts: list[Classes], tables: list[Table], state: State) -> int | None:
    """Return the least cost of the companies that are not tied, given where the tied ones sit."""
    total, at = 0, 0
    for part, table in zip(parts, tables, strict=True):
        cents = _cheapest_end(part, table, state[at : at + len(part)])
        if cents is None:
            return None
        total, at = total + cents, at + len(part)
    return total


def _is_tied(given: InstanceRecords, company: Company, chosen: tuple[CourseChoice, ...]) -> bool:
    """Return whether the company's limit could bind across courses: it asks for two whose open classes share a day."""
    if company.max_away_per_day is None:
        return False
    asked = [line.course for line in given.demands if line.company == company.id]
    days = [
        {day for run in choice.classes for day in run.dates}
        for choice, course in zip(chosen, given.courses, strict=True)
        if course.id in asked
    ]
    return any(a & b for a, b in itertools.combinations(days, 2))

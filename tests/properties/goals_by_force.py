"""The best plan of a tiny instance by ordered goals, by looking at every plan there is; from the records alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from cohort_opt.problem.records import InstanceRecords
from tests.properties import brute_force
from tests.properties.brute_force import PossibleRun, Table, open_classes, possible_runs, splits
from tests.properties.coupling_rules import coupled_cents, moved_cents
from tests.properties.trade_rules import way_cents

Seats = list[dict[str, int]]


def number_of_plans(given: InstanceRecords) -> int:
    """Return how many ways there are to seat everybody in every set of classes, rules between lines aside."""
    runs = list(possible_runs(given))
    table = Table.of(given, runs)
    total = 0
    for _, chosen in open_classes(given, runs, table):
        ways = [sum(1 for _ in splits(line, [table.attends[i][r] for r in chosen])) for i, line in enumerate(given.demands)]
        total += math.prod(ways)
        if total > 10**6:
            break
    return total


def best_by_goals(given: InstanceRecords, goals: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the values of the goals, then the sum of cents, of the best plan; `None` where there is no plan."""
    return min((_values(given, goals, classes, seats) for classes, seats in every_plan(given)), default=None)


def every_plan(given: InstanceRecords) -> Iterator[tuple[tuple[PossibleRun, ...], Seats]]:
    """Yield every plan that keeps every rule."""
    runs = list(possible_runs(given))
    if any(pin.run not in {run.id for run in runs} for pin in given.pins):
        return
    table = Table.of(given, runs)
    for _, chosen in open_classes(given, runs, table):
        classes = tuple(runs[r] for r in chosen)
        ways = [list(splits(line, [table.attends[i][r] for r in chosen])) for i, line in enumerate(given.demands)]
        for parts in itertools.product(*ways):
            sizes = tuple(sum(part[k] for part in parts) for k in range(len(classes)))
            if all(size <= run.most_seats for size, run in zip(sizes, classes, strict=True)) and brute_force._is_valid(
                given, classes, parts, sizes
            ):
                yield (
                    classes,
                    [
                        {line.id: part[k] for line, part in zip(given.demands, parts, strict=True) if part[k]}
                        for k in range(len(classes))
                    ],
                )


def _values(given: InstanceRecords, goals: tuple[str, ...], classes: Any, seats: Seats) -> tuple[int, ...]:
    lines = {line.id: line for line in given.demands}
    sitting = [(run, lines[name], count) for run, held in zip(classes, seats, strict=True) for name, count in held.items()]
    moved, coupled = moved_cents(given, classes, seats), coupled_cents(given, classes, seats)
    fixed = sum(run.opening_cents for run in classes)
    placed = {name: sum(held.get(name, 0) for held in seats) for name in lines}
    waits = sum((line.count - placed[name]) * brute_force.waiting_price(given, line) for name, line in lines.items())
    found = {
        "placed": sum(line.count - placed[name] for name, line in lines.items()),
        "changes": moved,
        "cost": fixed + sum(count * run.offering.seat_cents for run, _, count in sitting),
        "travel": sum(count * way_cents(given, line, run) for run, line, count in sitting),
        "spread": sum(_spread(course.id, classes, seats) for course in given.courses),
    }
    cents = fixed + sum(count * brute_force.seat_cost(given, line, run) for run, line, count in sitting) + coupled + waits
    return (*(found[name] for name in goals), cents)


def _spread(course: str, classes: Any, seats: Seats) -> int:
    prices = [
        math.ceil(Fraction(run.opening_cents, sum(held.values()))) + run.offering.seat_cents
        for run, held in zip(classes, seats, strict=True)
        if run.course.id == course
    ]
    return max(prices, default=0) - min(prices, default=0)

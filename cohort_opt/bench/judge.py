"""A judge of compact problems that shares no code with the model: every sum again, class by class, in Python integers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cohort_opt.problem.compact import CompactProblem, Rows

Class = Sequence[tuple[int, int]]
"""(group, count) pairs of one class."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the judge found: every violation in words, and the cost of the plan in cents.

    It knows the rules of the matrix; what `CompactProblem.beyond_matrix` names is not judged here.
    """

    violations: tuple[str, ...]
    objective: int


def judge(problem: CompactProblem, classes: Sequence[Sequence[Class]], unplaced: Sequence[int]) -> Ruling:
    """Return the ruling on a plan.

    Parameters
    ----------
    classes
        Open classes per run.
    unplaced
        Trainees per group without a seat.
    """
    arc_of = {pair: a for a, pair in enumerate(zip(problem.arc_group.tolist(), problem.arc_run.tolist(), strict=True))}
    seats: Counter[int] = Counter()
    faults: list[str] = []
    cost = problem.constant_cents
    for run, held in enumerate(classes):
        for number, members in enumerate(held):
            name = f"{problem.run_ids[run]}#{number + 1}"
            known = [(group, count, arc_of.get((group, run))) for group, count in members]
            faults += [f"{name}: {problem.group_ids[group]} may not attend" for group, _, arc in known if arc is None]
            sitting = [(group, count, arc) for group, count, arc in known if arc is not None]
            faults += _class_faults(problem, run, name, sitting)
            cost += int(problem.run_fixed_cents[run])
            for _, count, arc in sitting:
                seats[arc] += count
                cost += int(problem.arc_cents[arc]) * count + int(problem.arc_group_cents[arc])
    faults += _group_faults(problem, seats, unplaced)
    faults += _run_faults(problem, classes)
    opened = Counter({run: len(held) for run, held in enumerate(classes)})
    faults += [*_row_faults(problem.capacity, opened), *_row_faults(problem.absence, seats)]
    for arc, count in enumerate(problem.arc_pinned.tolist()):
        if seats[arc] < count:
            faults.append(f"pin on arc {arc}: {seats[arc]} of {count}")
    cost += sum(int(price) * left for price, left in zip(problem.group_unplaced_cents.tolist(), unplaced, strict=True))
    return Ruling(tuple(faults), cost)


def _class_faults(problem: CompactProblem, run: int, name: str, sitting: list[tuple[int, int, int]]) -> Iterator[str]:
    size = sum(count for _, count, _ in sitting)
    if not int(problem.run_min[run]) <= size <= int(problem.run_max[run]):
        yield f"{name}: {size} trainees"
    groups = [group for group, _, _ in sitting]
    if len(set(groups)) < len(groups):
        yield f"{name}: a group is listed twice"
    for group, count, arc in sitting:
        if count < max(1, int(problem.group_min_part[group])):
            yield f"{name}: only {count} of {problem.group_ids[group]}"
        if size < int(problem.arc_min_size[arc]):
            yield f"{name}: too small for {problem.group_ids[group]}"
    for first, second in problem.apart.tolist():
        if first in groups and second in groups:
            yield f"{name}: {problem.group_ids[first]} meets {problem.group_ids[second]}"


def _group_faults(problem: CompactProblem, seats: Counter[int], unplaced: Sequence[int]) -> Iterator[str]:
    placed: Counter[int] = Counter()
    for arc, count in seats.items():
        placed[int(problem.arc_group[arc])] += count
    for group, left in enumerate(unplaced):
        if left < 0 or placed[group] + left != int(problem.group_count[group]):
            yield f"{problem.group_ids[group]}: {placed[group]} placed, {left} waiting, {problem.group_count[group]} asked"
        if left and problem.group_must_place[group]:
            yield f"{problem.group_ids[group]}: may not wait"


def _run_faults(problem: CompactProblem, classes: Sequence[Sequence[Class]]) -> Iterator[str]:
    for run, held in enumerate(classes):
        if not int(problem.run_pinned[run]) <= len(held) <= int(problem.run_cap[run]):
            yield f"{problem.run_ids[run]}: {len(held)} classes"


def _row_faults(rows: Rows, values: Counter[int]) -> Iterator[str]:
    for i, name in enumerate(rows.names):
        index, use = rows.row(i)
        total = sum(values[variable] * factor for variable, factor in zip(index.tolist(), use.tolist(), strict=True))
        if total > int(rows.limit[i]):
            yield f"{name}: {total} of {rows.limit[i]}"

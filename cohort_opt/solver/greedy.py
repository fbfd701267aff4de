"""A first plan without a solver: open the class that saves most, again and again.

What a class saves is the price of its members staying without a seat, minus what they cost in the class. Savings only fall as
seats are taken, so a heap with late re-evaluation opens classes in the right order (Minoux 1978, 10.1007/BFb0006528).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from cohort_opt.model.plan import Members, Plan
from cohort_opt.model.slots import dead_arcs
from cohort_opt.problem.compact import CompactProblem, Ints, Rows
from cohort_opt.solver.greedy_limits import InsideLimits, left_alone


@dataclass(slots=True)
class _Desk:
    """What is still free while classes are being opened, in plain lists for speed of single look-ups."""

    problem: CompactProblem
    left: list[int]
    classes_left: list[int]
    room: list[int]
    rows_of_run: list[list[tuple[int, int]]]
    away: list[int]
    rows_of_arc: list[list[tuple[int, int]]]
    apart_from: list[set[int]]
    gain: list[int]
    once: list[int]
    part: list[int]
    group: list[int]
    least: list[int]
    order: list[int]
    first: list[int]
    limits: InsideLimits

    @classmethod
    def of(cls, problem: CompactProblem, gain: Ints) -> _Desk:
        """Return the empty desk; `gain` is what seating one trainee by an arc saves, shape (A,)."""
        apart: list[set[int]] = [set() for _ in range(problem.num_groups)]
        for first, second in problem.apart.tolist():
            apart[first].add(second)
            apart[second].add(first)
        usable = ~dead_arcs(problem) & ~left_alone(problem)
        order = np.lexsort((problem.arc_group, -gain, problem.arc_run))
        order = order[usable[order]]
        return cls(
            problem=problem,
            left=problem.group_count.tolist(),
            classes_left=problem.run_cap.tolist(),
            room=problem.capacity.limit.tolist(),
            rows_of_run=_rows_of(problem.capacity, problem.num_runs),
            away=problem.absence.limit.tolist(),
            rows_of_arc=_rows_of(problem.absence, problem.num_arcs),
            apart_from=apart,
            gain=gain.tolist(),
            once=problem.arc_group_cents.tolist(),
            part=problem.group_min_part.tolist(),
            group=problem.arc_group.tolist(),
            least=problem.arc_min_size.tolist(),
            order=order.tolist(),
            first=np.searchsorted(problem.arc_run[order], np.arange(problem.num_runs + 1)).tolist(),
            limits=InsideLimits.of(problem),
        )

    def best_class(self, run: int) -> tuple[int, list[tuple[int, int]]]:
        """Return the saving of the best next class of a run, and its (arc, count) pairs; a saving of 0 where none fits."""
        if self.classes_left[run] <= 0 or any(self.room[row] < use for row, use in self.rows_of_run[run]):
            return 0, []
        limit = int(self.problem.run_max[run])
        most = limit
        # Members may ask for a fuller class than the rest can fill: try again without the most demanding.
        while most > 0:
            saving, members, size = self._fill(run, limit, most)
            unhappy = [self.least[arc] for arc, _ in members if self.least[arc] > size]
            if not unhappy:
                enough = size >= self.problem.run_min[run] and self.limits.allow(run, members)
                return (saving, members) if enough else (0, [])
            most = max(unhappy) - 1
        return 0, []

    def _fill(self, run: int, limit: int, most: int) -> tuple[int, list[tuple[int, int]], int]:
        """Return saving, members and size of a class filled best saving first, without arcs that ask for more than `most`."""
        saving, size = -int(self.problem.run_fixed_cents[run]), 0
        members: list[tuple[int, int]] = []
        inside: set[int] = set()
        away: dict[int, int] = {}
        wanted = int(self.problem.run_min[run])
        for arc in self.order[self.first[run] : self.first[run + 1]]:
            gain, group = self.gain[arc], self.group[arc]
            if self.least[arc] > most or (gain <= 0 and size >= wanted):
                continue
            count = min(self.left[group], limit - size)
            for row, use in self.rows_of_arc[arc]:
                count = min(count, (self.away[row] - away.get(row, 0)) // use)
            count = self.limits.at_most(arc, count, members)
            if gain <= 0:
                count = max(min(count, wanted - size), min(self.part[group], count))
            if count < max(self.part[group], 1) or (gain * count - self.once[arc] < 0 and size >= wanted):
                continue
            if self.apart_from[group] & inside:
                continue
            members.append((arc, count))
            inside.add(group)
            for row, use in self.rows_of_arc[arc]:
                away[row] = away.get(row, 0) + use * count
            size += count
            saving += gain * count - self.once[arc]
            if size == limit:
                break
        return saving, members, size

    def open(self, run: int, members: list[tuple[int, int]]) -> None:
        """Take the seats and rooms of a class."""
        self.classes_left[run] -= 1
        for row, use in self.rows_of_run[run]:
            self.room[row] -= use
        for arc, count in members:
            self.left[self.group[arc]] -= count
            for row, use in self.rows_of_arc[arc]:
                self.away[row] -= use * count


def greedy_plan(problem: CompactProblem, price: Ints | None = None) -> Plan:
    """Return a plan that keeps every rule except pins and must-place, which it does not look at.

    Groups and runs of the rules that tie classes together are left without a seat (`left_alone`): the search places them.

    Parameters
    ----------
    price
        What it is worth to seat one trainee of each group, shape (G,); by default the price of staying without a seat. Dual
        prices of a relaxation give better plans.
    """
    worth = problem.group_unplaced_cents if price is None else price
    gain = worth[problem.arc_group] - problem.arc_cents
    desk = _Desk.of(problem, gain)
    heap = [(-desk.best_class(run)[0], run) for run in range(problem.num_runs)]
    heapq.heapify(heap)
    classes: list[tuple[int, Members]] = []
    while heap:
        _, run = heapq.heappop(heap)
        saving, members = desk.best_class(run)
        if saving <= 0:
            continue
        if heap and -heap[0][0] > saving:
            heapq.heappush(heap, (-saving, run))
            continue
        desk.open(run, members)
        classes.append((run, tuple(sorted((desk.group[arc], count) for arc, count in members))))
        heapq.heappush(heap, (-saving, run))
    return Plan.of_classes(classes)


def _rows_of(rows: Rows, num_variables: int) -> list[list[tuple[int, int]]]:
    """Return the (row, use) pairs of each variable."""
    found: list[list[tuple[int, int]]] = [[] for _ in range(num_variables)]
    for row, variable, use in zip(rows.owner().tolist(), rows.index.tolist(), rows.use.tolist(), strict=True):
        found[variable].append((row, use))
    return found

"""A compact problem while rules are added to it: its runs and arcs with their records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cohort_opt.problem.compact import ClassLimits, CompactProblem, Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand, Offering
from cohort_opt.problem.run import Run


@dataclass(frozen=True)
class LimitRow:
    """One row inside a class: `lower <= trainees of these arcs <= upper` in each class of the run that opens."""

    name: str
    run: int
    lower: int
    upper: int
    arcs: tuple[int, ...]


@dataclass(frozen=True)
class View:
    """The instance, its candidate runs, and the compact problem without the rules of this room."""

    instance: Instance
    runs: Sequence[Run]
    problem: CompactProblem

    @cached_property
    def _first_arc(self) -> Ints:
        return self.problem.arcs_of_run()

    @cached_property
    def offering(self) -> dict[str, Offering]:
        """Return the offerings by id."""
        return {offering.id: offering for offering in self.instance.offerings}

    @cached_property
    def group(self) -> dict[str, int]:
        """Return the position of each demand line."""
        return {demand.id: g for g, demand in enumerate(self.instance.demands)}

    @cached_property
    def run(self) -> dict[str, int]:
        """Return the position of each candidate run."""
        return {run.id: r for r, run in enumerate(self.runs)}

    @cached_property
    def arc(self) -> dict[tuple[int, int], int]:
        """Return the arc of each (group, run)."""
        pairs = zip(self.problem.arc_group.tolist(), self.problem.arc_run.tolist(), strict=True)
        return {pair: a for a, pair in enumerate(pairs)}

    @cached_property
    def _by_group(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.problem.arc_group, kind="stable").astype(np.int64)
        start = np.searchsorted(self.problem.arc_group[order], np.arange(self.problem.num_groups + 1)).astype(np.int64)
        return order, start

    def arcs_of_group(self, g: int) -> Ints:
        """Return the arcs of a line, by run ascending."""
        order, start = self._by_group
        return order[start[g] : start[g + 1]]

    def members(self, r: int) -> list[tuple[int, Demand]]:
        """Return (arc, demand line) of everybody who may attend a run."""
        arcs = range(int(self._first_arc[r]), int(self._first_arc[r + 1]))
        return [(a, self.instance.demands[int(self.problem.arc_group[a])]) for a in arcs]

    def runs_of_offering(self, offering: str) -> list[int]:
        """Return the runs of an offering."""
        return self._runs_of.get(offering, [])

    @cached_property
    def _runs_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for r, run in enumerate(self.runs):
            found[run.offering].append(r)
        return dict(found)


def class_limits(rows: Iterable[LimitRow]) -> ClassLimits:
    """Return rows inside classes as arrays."""
    kept = list(rows)
    ints = np.int64
    return ClassLimits(
        tuple(row.name for row in kept),
        np.array([row.run for row in kept], dtype=ints),
        np.array([row.lower for row in kept], dtype=ints),
        np.array([row.upper for row in kept], dtype=ints),
        np.cumsum([0, *[len(row.arcs) for row in kept]]).astype(ints),
        np.array([arc for row in kept for arc in row.arcs], dtype=ints),
    )


def unit_rows(rows: Iterable[tuple[str, int, Sequence[int]]]) -> Rows:
    """Return rows (name, limit, variables) whose coefficients are all 1."""
    kept = list(rows)
    index = np.array([variable for _, _, variables in kept for variable in variables], dtype=np.int64)
    return Rows(
        tuple(name for name, _, _ in kept),
        np.array([limit for _, limit, _ in kept], dtype=np.int64),
        np.cumsum([0, *[len(variables) for _, _, variables in kept]]).astype(np.int64),
        index,
        np.ones(len(index), dtype=np.int64),
    )

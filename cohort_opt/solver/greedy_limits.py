"""What the greedy start must know of the rules that look inside a class or tie classes together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cohort_opt.problem.compact import Bools, CompactProblem
from cohort_opt.problem.stepwise import HARD

Members = list[tuple[int, int]]
"""(arc, count) pairs of one class."""


def left_alone(problem: CompactProblem) -> Bools:
    """Return shape (A,): arcs that the greedy start does not use, since one class alone cannot tell whether they are allowed.

    Groups that follow another or sit side by side with one, companies with a budget, courses with a greatest price spread, runs
    of sites with a yearly minimum, groups that bring support into a class, and seats under a quota of several sums.
    """
    skipped: Bools = (problem.group_after[problem.arc_group] >= 0) | np.isin(problem.arc_group, problem.side_by_side.ravel())
    skipped[problem.budgets.index] = True
    skipped[problem.quotas.arc[problem.quotas.cents[problem.quotas.quota_of_entry()] == HARD]] = True
    skipped |= problem.arc_support_seats > 0
    return skipped | np.isin(problem.arc_run, np.concatenate((problem.spreads.index, problem.loads.index)))


@dataclass(frozen=True, slots=True)
class InsideLimits:
    """Rows inside one class, by arc and by run, in plain lists."""

    rows_of_arc: dict[int, list[int]]
    rows_of_run: dict[int, list[int]]
    arcs: list[frozenset[int]]
    lower: list[int]
    upper: list[int]
    steps: dict[int, list[tuple[int, int]]]

    @classmethod
    def of(cls, problem: CompactProblem) -> InsideLimits:
        """Return the rows of a problem."""
        limits = problem.class_limits
        arcs = [frozenset(limits.arcs(i).tolist()) for i in range(len(limits))]
        rows_of_arc: dict[int, list[int]] = {}
        rows_of_run: dict[int, list[int]] = {}
        for i, members in enumerate(arcs):
            rows_of_run.setdefault(int(limits.run[i]), []).append(i)
            for arc in members:
                rows_of_arc.setdefault(arc, []).append(i)
        steps: dict[int, list[tuple[int, int]]] = {}
        for arc, count, size in problem.size_steps.tolist():
            steps.setdefault(arc, []).append((count, size))
        return cls(rows_of_arc, rows_of_run, arcs, limits.lower.tolist(), limits.upper.tolist(), steps)

    def at_most(self, arc: int, count: int, members: Members) -> int:
        """Return how many of `count` trainees of an arc may join these members."""
        for row in self.rows_of_arc.get(arc, ()):
            held = sum(number for other, number in members if other in self.arcs[row])
            count = min(count, self.upper[row] - held)
        return count

    def allow(self, run: int, members: Members) -> bool:
        """Return whether the least of every row and every size step hold for a class that opens."""
        size = sum(number for _, number in members)
        for row in self.rows_of_run.get(run, ()):
            if sum(number for arc, number in members if arc in self.arcs[row]) < self.lower[row]:
                return False
        return all(number < count or size >= least for arc, number in members for count, least in self.steps.get(arc, ()))

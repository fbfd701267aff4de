"""Which piece of a plan to reopen: the classes that cost most above their prices, those whose trainees could trade places with
theirs, and the runs that would gain most from everybody who is then free.

At any prices the gap of a plan is the sum of what its classes cost above them and what waiting costs above them, so a seed is
chosen where the gap is; the piece around it follows the relatedness of Shaw (1998, 10.1007/3-540-49481-2_30).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cohort_opt.model.plan import Plan, activity
from cohort_opt.problem.compact import Bools, CompactProblem, Ints
from cohort_opt.solver.parts import keep_classes
from cohort_opt.solver.pricing import Prices, cheapest_by_sort

CLASSES, RUNS = 12, 90
"""Classes dissolved at the first try, and runs offered to their trainees: about two thousand arcs, some seconds of search."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What to reopen: classes to dissolve (mask over the plan), groups and runs that are free; ascending."""

    dissolved: Bools
    groups: Ints
    runs: Ints


class Surroundings:
    """Chooses pieces of plans of one problem at given prices."""

    def __init__(self, problem: CompactProblem, prices: Prices, run_tolls: Ints, arc_tolls: Ints) -> None:
        """Prepare the look-ups.

        Parameters
        ----------
        run_tolls, arc_tolls
            What the prices of shared rows add to a class of each run, shape (R,), and to a seat by each arc, shape (A,).
        """
        self._problem = problem
        self._price = prices.group
        self._fixed = problem.run_fixed_cents + run_tolls
        self._reduced: Ints = problem.arc_cents + arc_tolls - prices.group[problem.arc_group]
        self._by_group: Ints = np.argsort(problem.arc_group, kind="stable").astype(np.int64)
        counts = np.bincount(problem.arc_group, minlength=problem.num_groups)
        self._start: Ints = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)

    def excess(self, plan: Plan) -> Ints:
        """Return what each class costs above the prices of its seats, shape (C,)."""
        seats = self._reduced[plan.member_arc(self._problem)] * plan.member_count
        total = np.bincount(plan.member_class, weights=seats, minlength=plan.num_classes).astype(np.int64)
        return self._fixed[plan.class_run] + total

    def waiting(self, plan: Plan) -> Ints:
        """Return what waiting costs each group above its price, shape (G,)."""
        above = np.maximum(self._problem.group_unplaced_cents - self._price, 0)
        found: Ints = above * plan.unplaced(self._problem) * (np.diff(self._start) > 0)
        return found

    def arcs_of(self, groups: Ints) -> Ints:
        """Return the arcs of these groups."""
        first, length = self._start[groups], self._start[groups + 1] - self._start[groups]
        offset = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
        found: Ints = self._by_group[np.repeat(first, length) + offset]
        return found

    def around_class(self, plan: Plan, seed: int, size: int, *, runs: int) -> Piece:
        """Return the piece around one class."""
        return self._around(plan, plan.member_group[plan.member_class == seed], size, runs, seed)

    def around_group(self, plan: Plan, group: int, size: int, *, runs: int) -> Piece:
        """Return the piece around a group that waits."""
        return self._around(plan, np.array([group], dtype=np.int64), size, runs, None)

    def _around(self, plan: Plan, groups: Ints, size: int, runs: int, seed: int | None) -> Piece:
        problem = self._problem
        near = self._relatedness(plan, groups)
        if seed is not None:
            near[seed] = np.iinfo(np.int64).max
        chosen = np.argsort(-near, kind="stable")[:size]
        dissolved = np.zeros(plan.num_classes, dtype=np.bool_)
        dissolved[chosen[near[chosen] > 0]] = True
        kept = keep_classes(plan, ~dissolved)
        left = kept.unplaced(problem)
        members = np.unique(plan.member_group[dissolved[plan.member_class]])
        # Who waits may come in wherever the members of the piece could sit.
        reachable = np.zeros(problem.num_runs, dtype=np.bool_)
        reachable[problem.arc_run[self.arcs_of(np.union1d(members, groups))]] = True
        waiting = np.flatnonzero((left > 0) & (np.diff(self._start) > 0))
        arcs = self.arcs_of(waiting)
        arcs = arcs[reachable[problem.arc_run[arcs]]]
        open_runs = self._best_runs(kept, arcs, left, runs)
        offered = np.union1d(open_runs, plan.class_run[dissolved])
        return Piece(dissolved, np.unique(problem.arc_group[arcs]), offered)

    def _relatedness(self, plan: Plan, groups: Ints) -> Ints:
        """Return, per class, how many trainees could trade places with these groups; shape (C,)."""
        problem = self._problem
        arcs = self.arcs_of(groups)
        # Theirs that could sit where each class sits ...
        weight = np.bincount(
            problem.arc_run[arcs], weights=problem.group_count[problem.arc_group[arcs]], minlength=problem.num_runs
        )
        near = weight[plan.class_run].astype(np.int64)
        # ... and members of each class that could sit where these groups could.
        reach = np.zeros(problem.num_runs, dtype=np.bool_)
        reach[problem.arc_run[arcs]] = True
        members = np.unique(plan.member_group)
        theirs = self.arcs_of(members)
        shared = np.bincount(problem.arc_group[theirs], weights=reach[problem.arc_run[theirs]], minlength=problem.num_groups)
        total = np.maximum(np.diff(self._start), 1)
        share = 10 * shared[plan.member_group] / total[plan.member_group] * plan.member_count
        return 10 * near + np.bincount(plan.member_class, weights=share, minlength=plan.num_classes).astype(np.int64)

    def _best_runs(self, kept: Plan, arcs: Ints, left: Ints, count: int) -> Ints:
        """Return the runs where the free trainees would gain most, as far as rooms are free."""
        problem = self._problem
        arcs = np.sort(arcs)
        runs, first = np.unique(problem.arc_run[arcs], return_index=True)
        place = np.repeat(np.arange(len(runs)), np.diff(np.append(first, len(arcs))))
        most = np.minimum(left[problem.arc_group[arcs]], problem.run_max[problem.arc_run[arcs]])
        reduced = self._reduced[arcs]
        take = cheapest_by_sort(
            place, reduced, most, np.append(first, len(arcs)).astype(np.int64), problem.run_min[runs], problem.run_max[runs]
        )
        gain = np.bincount(place, weights=take * reduced, minlength=len(runs))
        seats = np.bincount(place, weights=most, minlength=len(runs))
        value = self._fixed[runs] + gain
        opened = kept.open_classes(problem)
        room = problem.capacity.limit - activity(problem.capacity, opened)
        full = np.zeros(problem.num_runs, dtype=np.bool_)
        full[problem.capacity.index[problem.capacity.use > room[problem.capacity.owner()]]] = True
        can_open = (seats >= problem.run_min[runs]) & ~full[runs] & (opened[runs] < problem.run_cap[runs])
        runs, value = runs[can_open], value[can_open]
        return np.sort(runs[np.argsort(value, kind="stable")[:count]])

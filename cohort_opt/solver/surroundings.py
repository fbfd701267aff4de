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

CLASSES, RUNS = 5, 30
"""Classes dissolved at the first try, and runs offered to their trainees: some hundred arcs, some tenths of a second. From one
plan of 2,000 companies, 100 s, 6 and 40 gained three times what 12 and 90 did, 4 and 25 as much (shared 2 cores, 2026-11)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What to reopen: classes to dissolve (mask over the plan), groups and runs that are free; ascending."""

    dissolved: Bools
    groups: Ints
    runs: Ints


@dataclass(frozen=True, slots=True)
class Heart:
    """What a piece lies around: a class of the plan, or a group that waits."""

    number: int
    is_class: bool

    def groups(self, plan: Plan) -> Ints:
        """Return the groups there."""
        return plan.member_group[plan.member_class == self.number] if self.is_class else np.array([self.number], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Offers:
    """Runs that can be filled, what their best class costs above the prices, and whether rooms and instructors are free or taken.

    All of shape (n,).
    """

    runs: Ints
    value: Ints
    can_open: Bools
    is_full: Bools


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

    def around(self, plan: Plan, hearts: list[Heart], size: int, *, runs: int) -> Piece:
        """Return the piece around some classes or waiting groups: so many classes and runs for each of them."""
        dissolved = np.zeros(plan.num_classes, dtype=np.bool_)
        for heart in hearts:
            near = self._relatedness(plan, heart.groups(plan))
            if heart.is_class:
                near[heart.number] = np.iinfo(np.int64).max
            chosen = np.argsort(-near, kind="stable")[:size]
            dissolved[chosen[near[chosen] > 0]] = True
        kept, left, arcs = self._freed(plan, dissolved, hearts)
        offers = self._offers(kept, arcs, left)
        best = np.argsort(offers.value[offers.can_open], kind="stable")[: runs * len(hearts)]
        offered = np.union1d(offers.runs[offers.can_open][best], plan.class_run[dissolved])
        return Piece(dissolved, np.unique(self._problem.arc_group[arcs]), offered)

    def rivals(self, plan: Plan, piece: Piece, hearts: list[Heart]) -> Ints:
        """Return, per class, how much the free trainees of a piece want the rooms and instructors that it takes; shape (C,).

        A run is wanted as far as its best class costs less above the prices than the piece does now.
        """
        problem, rows = self._problem, self._problem.capacity
        kept, left, arcs = self._freed(plan, piece.dissolved, hearts)
        offers = self._offers(kept, arcs, left)
        hoped = int(np.maximum(self.excess(plan)[piece.dissolved], 0).sum()) + int(self.waiting(plan)[piece.groups].sum())
        wanted = np.zeros(problem.num_runs)
        wanted[offers.runs[offers.is_full]] = np.maximum(hoped - offers.value[offers.is_full], 0)
        owner = rows.owner()
        room = rows.limit - activity(rows, kept.open_classes(problem))
        is_taken = rows.use > room[owner]
        by_row = np.bincount(owner, weights=wanted[rows.index] * is_taken, minlength=len(rows))
        by_run = np.bincount(rows.index, weights=by_row[owner] * rows.use, minlength=problem.num_runs)
        found = by_run[plan.class_run]
        found[piece.dissolved] = 0
        return found.astype(np.int64)

    def _freed(self, plan: Plan, dissolved: Bools, hearts: list[Heart]) -> tuple[Plan, Ints, Ints]:
        """Return the classes that stay, the trainees left per group, and the arcs that are free: of members and of who waits.

        Who waits may come in wherever the members of the piece could sit.
        """
        problem = self._problem
        kept = keep_classes(plan, ~dissolved)
        left = kept.unplaced(problem)
        members = np.unique(plan.member_group[dissolved[plan.member_class]])
        reachable = np.zeros(problem.num_runs, dtype=np.bool_)
        for heart in hearts:
            members = np.union1d(members, heart.groups(plan))
        reachable[problem.arc_run[self.arcs_of(members)]] = True
        waiting = np.flatnonzero((left > 0) & (np.diff(self._start) > 0))
        arcs = self.arcs_of(waiting)
        return kept, left, arcs[reachable[problem.arc_run[arcs]]]

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

    def _offers(self, kept: Plan, arcs: Ints, left: Ints) -> _Offers:
        """Return the runs that the free trainees could fill, and what their best class there costs above the prices."""
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
        value = (self._fixed[runs] + gain).astype(np.int64)
        opened = kept.open_classes(problem)
        room = problem.capacity.limit - activity(problem.capacity, opened)
        full = np.zeros(problem.num_runs, dtype=np.bool_)
        full[problem.capacity.index[problem.capacity.use > room[problem.capacity.owner()]]] = True
        can_fill = (seats >= problem.run_min[runs]) & (opened[runs] < problem.run_cap[runs])
        return _Offers(runs, value, can_fill & ~full[runs], can_fill & full[runs])

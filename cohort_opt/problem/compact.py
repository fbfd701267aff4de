"""The compact problem: the instance as integer arrays. Everything that searches works on these, never on the records.

minimise   sum_r fixed[r] y[r] + sum_a cost[a] x[a] + sum_a group_cost[a] [x[a] > 0] + sum_g unplaced[g] u[g]
subject to sum_{a of g} x[a] + u[g] = n[g]                      every trainee is placed or counted as without a seat
           min[r] y[r] <= sum_{a of r} x[a] <= max[r] y[r]      a class is closed, or between its minimum and maximum
           0 <= y[r] <= cap[r]
           sum over capacity row i of use * y <= limit[i]       rooms and instructors, per day
           sum over absence row i of x <= limit[i]              at most so many of one company away on one day
           x[a] >= pinned[a],  y[r] >= 1 where a pin stands
inside one class: x is 0 or >= min_part[g]; class size >= min_size[a] for every member; groups of a pair apart never meet;
                  groups of a pair side by side sit there both or not at all; the rows of `class_limits` and `size_steps` hold
across classes:   `links` (module order), `budgets` (shares of one company), `spreads` (seat prices of one course)
inside one class: size + sum of support seats of the arcs in it <= max[r]
across classes:   `quotas` that must hold
more costs:       sum_a change[a] (committed[a] - x[a])+  and  sum over classes of off_target[r] |size - target[r]|
                  and price of each quota per unit above it, and sum_a credit[a] x[a] - what the `grants` bring (at least 0)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from cohort_opt.problem.stepwise import HARD, Grants, Quotas

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

MAX_EXACT = 2**53
"""Sums of |coefficient x bound| stay below this, the last integer that a solver's float holds exactly."""


UNLIMITED = 2**40
"""Limit of a row of `spreads` that is only counted, for the goal `spread`; no seat costs as much."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows `sum use * variable <= limit`, in compressed form.

    Parameters
    ----------
    names
        Name of each row for people, such as `bay-1@2027-03-01`; length m.
    limit
        Right-hand sides, shape (m,).
    start
        Row i owns entries start[i] to start[i + 1]; shape (m + 1,).
    index
        Variable of each entry: a run (capacity rows) or an arc (absence rows).
    use
        Coefficient of each entry, at least 1.
    """

    names: tuple[str, ...]
    limit: Ints
    start: Ints
    index: Ints
    use: Ints

    @classmethod
    def none(cls) -> Rows:
        """Return no rows."""
        empty = np.zeros(0, dtype=np.int64)
        return cls((), empty, np.zeros(1, dtype=np.int64), empty, empty)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.names)

    def row(self, i: int) -> tuple[Ints, Ints]:
        """Return variables and coefficients of row i."""
        part = slice(int(self.start[i]), int(self.start[i + 1]))
        return self.index[part], self.use[part]

    def owner(self) -> Ints:
        """Return the row of each entry, shape (entries,)."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.start))


@dataclass(frozen=True, slots=True)
class ClassLimits:
    """Rows inside a class: `lower * open <= trainees of these arcs in the class <= upper * open`, all arcs of one run.

    They say combination classes (at most so many of a course), reserved seats (at most so many of the others) and minimums that
    firm demand alone must meet.

    Parameters
    ----------
    names
        Name of each row for people; length m.
    run
        Run of each row, shape (m,).
    lower, upper
        Bounds per open class, shape (m,).
    start, index
        Row i owns the arcs index[start[i] : start[i + 1]].
    """

    names: tuple[str, ...]
    run: Ints
    lower: Ints
    upper: Ints
    start: Ints
    index: Ints

    @classmethod
    def none(cls) -> ClassLimits:
        """Return no rows."""
        empty = np.zeros(0, dtype=np.int64)
        return cls((), empty, empty, empty, np.zeros(1, dtype=np.int64), empty)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.names)

    def arcs(self, i: int) -> Ints:
        """Return the arcs of row i."""
        return self.index[int(self.start[i]) : int(self.start[i + 1])]


@dataclass(frozen=True, slots=True)
class CompactProblem:
    """Groups, runs and arcs as arrays; G groups, R runs, A arcs. All amounts are integer cents, all counts trainees.

    Parameters
    ----------
    group_ids, run_ids
        Ids in ascending order; index = position.
    group_count, group_unplaced_cents, group_min_part, group_must_place
        n[g]; price of one trainee without a seat; smallest part in a class (n[g] = together); whether waiting is forbidden.
    run_fixed_cents, run_cap, run_min, run_max, run_pinned
        Per class: fixed cost, most parallel classes, seats; least number of classes that must open.
    arc_group, arc_run
        Arcs sorted by (run, group), each pair at most once; shape (A,).
    arc_cents, arc_group_cents
        Cost per trainee (seat, journey, waiting); cost once per class that holds any of the group (0 in the domain).
    arc_min_size
        The group sits only in classes of at least this size (price cap); 0 = any.
    arc_pinned
        At least so many of the group sit in the run.
    capacity
        Rows over runs; absence
        rows over arcs.
    apart
        Pairs of groups that may not meet in one class; shape (P, 2).
    side_by_side
        Pairs of groups: a class that holds any of one holds some of the other; shape (P, 2).
    class_limits
        Rows inside single classes.
    loads
        Rows over runs whose trainees together are none or at least `limit` (`use` is 1).
    links
        Pairs of arcs (first module, following module) that keep the gap between them; shape (L, 2). `group_after[g]` is the
        group of the first module, -1 where the group follows nothing.
    arc_committed, arc_change_cents
        Trainees already agreed on the arc, and what moving one of them costs.
    run_target, run_off_target_cents
        Wished class size and the cost of each trainee above or below it, per class.
    run_seat_cents
        Price of one seat in a class of the run besides its fixed cost; only `budgets` and `spreads` read it.
    size_steps
        (arc, count, size): a class that holds at least `count` of the arc's group holds at least `size` trainees; shape (S, 3).
    budgets
        Rows over arcs whose shares together cost at most `limit` cents; one class charges k of its n seats, all arcs of the row
        in it together, `ceil(fixed k / n) + seat_cents k`.
    spreads
        Rows over runs whose seat prices `ceil(fixed / n) + seat_cents` differ by at most `limit` cents over all open classes.
    arc_credit_cents
        Optimistic credit of grants that `arc_cents` already holds, per trainee; see `couplings/subsidies.py`.
    grants
        What brings less than that credit: steps by class size and seat, pots.
    quotas
        Caps over several sums of seats, and caps with a price.
    arc_support_seats
        Seats that support takes in each class that holds any of the arc's group.
    constant_cents
        Cost that no plan can avoid, such as agreed seats in a run that can no longer be.
    run_offering
        Which offering (course at a site) each run belongs to, any number; no rule reads it, the search branches on the classes of
        an offering. By default every run stands alone.
    """

    group_ids: tuple[str, ...]
    group_count: Ints
    group_unplaced_cents: Ints
    group_min_part: Ints
    group_must_place: Bools
    run_ids: tuple[str, ...]
    run_fixed_cents: Ints
    run_cap: Ints
    run_min: Ints
    run_max: Ints
    run_pinned: Ints
    arc_group: Ints
    arc_run: Ints
    arc_cents: Ints
    arc_group_cents: Ints
    arc_min_size: Ints
    arc_pinned: Ints
    capacity: Rows = field(default_factory=Rows.none)
    absence: Rows = field(default_factory=Rows.none)
    apart: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    side_by_side: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    class_limits: ClassLimits = field(default_factory=ClassLimits.none)
    loads: Rows = field(default_factory=Rows.none)
    links: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    group_after: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    arc_committed: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    arc_change_cents: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    run_target: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    run_off_target_cents: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    run_seat_cents: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    size_steps: Ints = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    budgets: Rows = field(default_factory=Rows.none)
    spreads: Rows = field(default_factory=Rows.none)
    arc_credit_cents: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    grants: Grants = field(default_factory=Grants.none)
    quotas: Quotas = field(default_factory=Quotas.none)
    arc_support_seats: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    constant_cents: int = 0
    run_offering: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        """Fill the arrays of rules that are not used with what switches them off."""
        for name, size, value in (
            ("group_after", self.num_groups, -1),
            ("arc_committed", self.num_arcs, 0),
            ("arc_change_cents", self.num_arcs, 0),
            ("run_target", self.num_runs, 0),
            ("run_off_target_cents", self.num_runs, 0),
            ("run_seat_cents", self.num_runs, 0),
            ("arc_credit_cents", self.num_arcs, 0),
            ("arc_support_seats", self.num_arcs, 0),
        ):
            if len(getattr(self, name)) != size:
                object.__setattr__(self, name, np.full(size, value, dtype=np.int64))
        if len(self.run_offering) != self.num_runs:
            object.__setattr__(self, "run_offering", np.arange(self.num_runs, dtype=np.int64))

    @property
    def num_groups(self) -> int:
        """Return G."""
        return len(self.group_ids)

    @property
    def num_runs(self) -> int:
        """Return R."""
        return len(self.run_ids)

    @property
    def num_arcs(self) -> int:
        """Return A."""
        return len(self.arc_group)

    def arcs_of_run(self) -> Ints:
        """Return shape (R + 1,): arcs of run r are start[r] to start[r + 1], since arcs are sorted by run."""
        return np.searchsorted(self.arc_run, np.arange(self.num_runs + 1)).astype(np.int64)

    def looks_inside(self) -> Bools:
        """Return shape (R,): whether a rule looks inside a class of the run, so that parallel classes need own variables.

        A rule does where a member must keep a smallest part, asks for a least class size above the minimum, pays once per
        class, must not meet another group or must meet it, or where a row, a price or a wished size is that of one class.
        """
        inside = (
            (self.group_min_part[self.arc_group] > 1)
            | (self.arc_min_size > self.run_min[self.arc_run])
            | (self.arc_group_cents > 0)
            | np.isin(self.arc_group, self.apart.ravel())
            | np.isin(self.arc_group, self.side_by_side.ravel())
            | (self.arc_support_seats > 0)
        )
        found: Bools = self.run_off_target_cents > 0
        found[self.class_limits.run] = True
        found[self.spreads.index] = True
        found[self.arc_run[self.size_steps[:, 0]]] = True
        found[self.arc_run[self.budgets.index]] = True
        found[self.arc_run[self.grants.arc]] = True
        np.logical_or.at(found, self.arc_run, inside)
        return found

    def beyond_matrix(self) -> bool:
        """Return whether a rule is used that only the constraint model knows: a plan from a matrix may break it.

        All of these rules only forbid, or add a cost of at least 0, so bounds without them stay valid; what grants bring stands
        in the costs of the arcs as a credit that is never too small.
        """
        return bool(
            len(self.class_limits)
            or len(self.side_by_side)
            or len(self.loads)
            or len(self.size_steps)
            or len(self.budgets)
            or len(self.spreads)
            or (self.group_after >= 0).any()
            or (self.arc_change_cents * self.arc_committed).any()
            or self.run_off_target_cents.any()
            or len(self.grants)
            or len(self.quotas)
            or self.arc_support_seats.any()
        )

    def largest_sum(self) -> int:
        """Return the largest value that the objective can take, as a Python integer."""
        arcs = int((np.abs(self.arc_cents.astype(object)) * self.group_count[self.arc_group]).sum()) if self.num_arcs else 0
        once = int(self.arc_group_cents.astype(object).sum()) if self.num_arcs else 0
        runs = int((self.run_fixed_cents.astype(object) * self.run_cap).sum()) if self.num_runs else 0
        groups = int((self.group_unplaced_cents.astype(object) * self.group_count).sum()) if self.num_groups else 0
        moved = int((self.arc_change_cents.astype(object) * self.arc_committed).sum()) if self.num_arcs else 0
        off = int((self.run_off_target_cents.astype(object) * self.run_max * self.run_cap).sum()) if self.num_runs else 0
        credit = int((self.arc_credit_cents.astype(object) * self.group_count[self.arc_group]).sum()) if self.num_arcs else 0
        priced = self.quotas.cents.astype(object)[self.quotas.quota_of_entry()] if len(self.quotas) else np.zeros(0, dtype=object)
        each = self.group_count[self.arc_group[self.quotas.arc]]
        over = int((np.where(priced == HARD, 0, priced) * self.quotas.amount * each).sum()) if len(priced) else 0
        return credit + over + arcs + once + runs + groups + moved + off + abs(self.constant_cents)

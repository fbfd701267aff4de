"""A plan in compact form: the classes that open and who sits in them, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cohort_opt.model.couplings import coupled_cents, coupling_faults
from cohort_opt.problem.compact import CompactProblem, Ints, Rows

Members = tuple[tuple[int, int], ...]
"""(group, count) pairs of one class, sorted by group."""


@dataclass(frozen=True, slots=True)
class Plan:
    """C classes, M members.

    Parameters
    ----------
    class_run
        Run of each class, ascending; shape (C,).
    member_class, member_group, member_count
        Class, group and number of trainees of each member, sorted by (class, group), every count positive; shape (M,).
    """

    class_run: Ints
    member_class: Ints
    member_group: Ints
    member_count: Ints

    @classmethod
    def nobody(cls) -> Plan:
        """Return the plan that opens no class."""
        none = np.zeros(0, dtype=np.int64)
        return cls(none, none, none, none)

    @classmethod
    def of_classes(cls, classes: list[tuple[int, Members]]) -> Plan:
        """Return a plan from (run, members) pairs, in any order."""
        ordered = sorted(classes)
        flat = [(k, group, count) for k, (_, members) in enumerate(ordered) for group, count in sorted(members) if count > 0]
        table = np.array(flat, dtype=np.int64).reshape(-1, 3)
        return cls(np.array([run for run, _ in ordered], dtype=np.int64), table[:, 0], table[:, 1], table[:, 2])

    @classmethod
    def of_seats(cls, problem: CompactProblem, arcs: Ints, open_classes: Ints) -> Plan:
        """Return a plan from trainees per arc and classes per run, for runs that no rule looks into.

        The trainees of a run are spread evenly over its classes: groups in order, the sizes differ by at most one.

        Parameters
        ----------
        arcs
            Trainees per arc, shape (A,).
        open_classes
            Open classes per run, shape (R,).
        """
        class_run = np.repeat(np.arange(problem.num_runs, dtype=np.int64), open_classes)
        first_class = np.concatenate(([0], np.cumsum(open_classes))).astype(np.int64)
        total = np.zeros(problem.num_runs, dtype=np.int64)
        np.add.at(total, problem.arc_run, arcs)
        used = np.flatnonzero(arcs)
        run, count = problem.arc_run[used], arcs[used]
        # One seat after the other: the position of a trainee within its run decides its class.
        owner = np.repeat(np.arange(len(used)), count)
        before = np.concatenate(([0], np.cumsum(total)))[:-1]
        position = np.arange(len(owner)) - before[run[owner]]
        classes = np.maximum(open_classes[run[owner]], 1)
        small, rest = np.divmod(total[run[owner]], classes)
        wide = (small + 1) * rest
        within = np.where(position < wide, position // np.maximum(small + 1, 1), rest + (position - wide) // np.maximum(small, 1))
        key = (first_class[run[owner]] + within) * max(problem.num_groups, 1) + problem.arc_group[used][owner]
        found, member_count = np.unique(key, return_counts=True)
        member_class, member_group = np.divmod(found, max(problem.num_groups, 1))
        return cls(class_run, member_class, member_group, member_count.astype(np.int64))

    @property
    def num_classes(self) -> int:
        """Return C."""
        return len(self.class_run)

    def sizes(self) -> Ints:
        """Return the trainees per class, shape (C,)."""
        found = np.zeros(self.num_classes, dtype=np.int64)
        np.add.at(found, self.member_class, self.member_count)
        return found

    def unplaced(self, problem: CompactProblem) -> Ints:
        """Return the trainees per group without a seat, shape (G,)."""
        left = problem.group_count.copy()
        np.subtract.at(left, self.member_group, self.member_count)
        return left

    def member_arc(self, problem: CompactProblem) -> Ints:
        """Return the arc of each member, -1 where the group may not attend the run; shape (M,)."""
        return find_arcs(problem, self.class_run[self.member_class], self.member_group)

    def seats(self, problem: CompactProblem) -> Ints:
        """Return the trainees per arc, shape (A,)."""
        found = np.zeros(problem.num_arcs, dtype=np.int64)
        np.add.at(found, self.member_arc(problem), self.member_count)
        return found

    def open_classes(self, problem: CompactProblem) -> Ints:
        """Return the classes per run, shape (R,)."""
        return np.bincount(self.class_run, minlength=problem.num_runs).astype(np.int64)

    def value(self, problem: CompactProblem) -> int:
        """Return the objective in cents, recomputed in integers (the sums stay below 2**53 by `largest_sum`)."""
        arc = self.member_arc(problem)
        return (
            int(problem.run_fixed_cents[self.class_run].sum())
            + int((problem.arc_cents[arc] * self.member_count).sum())
            + int(problem.arc_group_cents[arc].sum())
            + int((problem.group_unplaced_cents * self.unplaced(problem)).sum())
            + coupled_cents(problem, self)
        )

    def classes_by_run(self, num_runs: int) -> tuple[tuple[Members, ...], ...]:
        """Return the members of each class of each run."""
        members: list[list[tuple[int, int]]] = [[] for _ in range(self.num_classes)]
        rows = zip(self.member_class.tolist(), self.member_group.tolist(), self.member_count.tolist(), strict=True)
        for k, group, count in rows:
            members[k].append((group, count))
        found: list[list[Members]] = [[] for _ in range(num_runs)]
        for k, run in enumerate(self.class_run.tolist()):
            found[run].append(tuple(members[k]))
        return tuple(tuple(classes) for classes in found)

    def faults(self, problem: CompactProblem) -> tuple[str, ...]:
        """Return the concerns that this plan breaks, empty for a plan that keeps every rule.

        A gate inside the solver room: no plan becomes an incumbent without it. The judge of a proposal is another one.
        """
        arc = self.member_arc(problem)
        if (arc < 0).any() or (self.member_count <= 0).any():
            return ("arcs",)
        sizes, left = self.sizes(), self.unplaced(problem)
        open_classes, seats = self.open_classes(problem), self.seats(problem)
        rows_ok = (activity(problem.capacity, open_classes) <= problem.capacity.limit).all()
        absence_ok = (activity(problem.absence, seats) <= problem.absence.limit).all()
        broken = {
            "one_seat_per_trainee": bool((left < 0).any()),
            "must_place": bool((left[problem.group_must_place] > 0).any()),
            "class_size": bool(((sizes < problem.run_min[self.class_run]) | (sizes > problem.run_max[self.class_run])).any()),
            "offering": bool((open_classes > problem.run_cap).any()),
            "capacity": not rows_ok,
            "company_absence": not absence_ok,
            "parts": bool((self.member_count < problem.group_min_part[self.member_group]).any()),
            "price_cap": bool((sizes[self.member_class] < problem.arc_min_size[arc]).any()),
            "apart": self._meet(problem),
            "pins": bool((open_classes < problem.run_pinned).any() or (seats < problem.arc_pinned).any()),
        }
        return tuple(name for name, is_broken in {**broken, **coupling_faults(problem, self)}.items() if is_broken)

    def _meet(self, problem: CompactProblem) -> bool:
        """Return whether two groups that must stay apart share a class."""
        if not len(problem.apart):
            return False
        width = max(problem.num_groups, 1)
        sitting = self.member_class * width + self.member_group
        for first, second in problem.apart.tolist():
            with_first = self.member_class[self.member_group == first]
            if len(with_first) and np.isin(with_first * width + second, sitting).any():
                return True
        return False


def find_arcs(problem: CompactProblem, run: Ints, group: Ints) -> Ints:
    """Return the arc of each (run, group) pair, -1 where there is none."""
    width = max(problem.num_groups, 1)
    keys = problem.arc_run * width + problem.arc_group
    wanted = run * width + group
    place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    return np.where(keys[place] == wanted, place, -1)


def activity(rows: Rows, values: Ints) -> Ints:
    """Return the left-hand side of each sparse row, shape (m,)."""
    found = np.zeros(len(rows), dtype=np.int64)
    np.add.at(found, rows.owner(), rows.use * values[rows.index])
    return found

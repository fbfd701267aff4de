"""Slots: where decision variables live. One slot per run, or one per parallel class where a rule looks inside a class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cohort_opt.problem.compact import Bools, CompactProblem, Ints


@dataclass(frozen=True, slots=True)
class Slots:
    """Slots, and the seats (arc x slot) that trainees can take; S slots, X seats.

    A run that no rule looks into is one slot whose number of classes is an integer 0..cap. A run that a rule looks into and
    that may hold several parallel classes becomes `cap` slots of one class each, opened in order.

    Parameters
    ----------
    run, number, cap
        Run of each slot, its position among the slots of that run (0, 1, ...), and its most classes; shape (S,).
    start
        Slots of run r are start[r] to start[r + 1]; shape (R + 1,).
    seat_slot, seat_arc, seat_upper
        Slot, arc and most trainees of each seat, sorted by (slot, group); shape (X,).
    seat_start
        Seats of slot s are seat_start[s] to seat_start[s + 1]; shape (S + 1,).
    needs_presence
        Whether a rule asks if the group is in the class at all; shape (X,).
    """

    run: Ints
    number: Ints
    cap: Ints
    start: Ints
    seat_slot: Ints
    seat_arc: Ints
    seat_upper: Ints
    seat_start: Ints
    needs_presence: Bools

    @property
    def num_slots(self) -> int:
        """Return S."""
        return len(self.run)

    @property
    def num_seats(self) -> int:
        """Return X."""
        return len(self.seat_arc)

    def seats_of(self, slot: int) -> Ints:
        """Return the seats of a slot."""
        return np.arange(self.seat_start[slot], self.seat_start[slot + 1])

    @classmethod
    def of(cls, problem: CompactProblem, *, tight: bool = True) -> Slots:
        """Return the slots of a problem.

        Parameters
        ----------
        tight
            Let upper bounds know what the rules will forbid anyway; off when a conflict is explained, so that the rule itself
            is named.
        """
        cap = useful_cap(problem) if tight else problem.run_cap
        copies = np.where(problem.looks_inside() & (cap > 1), cap, 1)
        start = np.concatenate(([0], np.cumsum(copies))).astype(np.int64)
        run = np.repeat(np.arange(problem.num_runs, dtype=np.int64), copies)
        number = np.arange(len(run), dtype=np.int64) - start[run]
        slot_cap = np.where(copies[run] > 1, 1, cap[run])
        first_arc = problem.arcs_of_run()
        degree = np.diff(first_arc)[run]
        seat_start = np.concatenate(([0], np.cumsum(degree))).astype(np.int64)
        seat_slot = np.repeat(np.arange(len(run), dtype=np.int64), degree)
        seat_arc = np.arange(len(seat_slot), dtype=np.int64) - seat_start[seat_slot] + first_arc[run[seat_slot]]
        group, of_run = problem.arc_group[seat_arc], run[seat_slot]
        upper = np.minimum(problem.group_count[group], problem.run_max[of_run] * slot_cap[seat_slot])
        if tight:
            upper = np.where(dead_arcs(problem)[seat_arc], 0, upper)
        return cls(run, number, slot_cap, start, seat_slot, seat_arc, upper, seat_start, presence_asked(problem)[seat_arc])


def presence_asked(problem: CompactProblem) -> Bools:
    """Return shape (A,): whether a rule asks if the group of an arc is in a class at all."""
    return (
        (problem.group_min_part[problem.arc_group] > 1)
        | (problem.arc_min_size > problem.run_min[problem.arc_run])
        | (problem.arc_group_cents > 0)
        | np.isin(problem.arc_group, problem.apart.ravel())
        | np.isin(problem.arc_group, problem.side_by_side.ravel())
        | (problem.arc_support_seats > 0)
    )


def dead_arcs(problem: CompactProblem) -> Bools:
    """Return shape (A,): arcs that nobody can use, since a part does not fit a class or the least size is never reached."""
    part = problem.group_min_part[problem.arc_group]
    most = np.minimum(problem.group_count[problem.arc_group], problem.run_max[problem.arc_run])
    dead: Bools = (
        (part > most) | (problem.arc_min_size > problem.run_max[problem.arc_run]) | (problem.run_cap[problem.arc_run] == 0)
    )
    return dead


def useful_cap(problem: CompactProblem) -> Ints:
    """Return shape (R,): classes per run that can ever be filled; `run_cap`, cut where the minimum size cannot be reached."""
    reach = np.zeros(problem.num_runs, dtype=np.int64)
    np.add.at(reach, problem.arc_run, problem.group_count[problem.arc_group])
    filled = np.where(problem.run_min > 0, reach // np.maximum(problem.run_min, 1), problem.run_cap)
    return np.minimum(problem.run_cap, filled)

"""The plan on the desk while several workers reopen pieces of it."""

from __future__ import annotations

import threading

import numpy as np

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import Bools, CompactProblem
from cohort_opt.solver.parts import join, keep_classes


class Desk:
    """One plan and its value; whoever replaces classes of it holds the lock meanwhile."""

    def __init__(self, problem: CompactProblem, plan: Plan) -> None:
        self.problem, self._plan, self._value = problem, plan, plan.value(problem)
        self._lock = threading.Lock()

    def snapshot(self) -> Plan:
        """Return the plan as it is now."""
        with self._lock:
            return self._plan

    def replace(self, own: Bools, before: Plan, dissolved: Bools, piece: Plan) -> bool:
        """Put new classes in place of dissolved ones, as far as they still fit, if that makes the plan cheaper.

        Parameters
        ----------
        own
            Groups whose classes nobody else changes meanwhile, shape (G,).
        before, dissolved
            The plan that was looked at, and which of its classes go; all of them hold groups of `own`.
        piece
            The new classes, in indices of the whole.
        """
        with self._lock:
            # Classes of other groups may have come and gone; those of our own stand in the same order as before.
            gone = np.zeros(self._plan.num_classes, dtype=np.bool_)
            gone[_classes_of(self._plan, own)] = dissolved[_classes_of(before, own)]
            rest = keep_classes(self._plan, ~gone)
            merged = join([rest, self._fitting(rest, piece)])
            value = merged.value(self.problem)
            if value >= self._value or (self._plan is not before and merged.faults(self.problem)):
                return False
            self._plan, self._value = merged, value
            return True

    def _fitting(self, rest: Plan, piece: Plan) -> Plan:
        """Return the classes of a piece that still fit beside the rest, in order: another block may have taken their rooms."""
        if not join([rest, piece]).faults(self.problem):
            return piece
        kept = np.zeros(piece.num_classes, dtype=np.bool_)
        for k in range(piece.num_classes):
            kept[k] = True
            if join([rest, keep_classes(piece, kept)]).faults(self.problem):
                kept[k] = False
        return keep_classes(piece, kept)


def _classes_of(plan: Plan, own: Bools) -> Bools:
    """Return which classes hold any of these groups, shape (C,)."""
    found = np.zeros(plan.num_classes, dtype=np.bool_)
    found[plan.member_class[own[plan.member_group]]] = True
    return found

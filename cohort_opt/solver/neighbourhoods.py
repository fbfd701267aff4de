"""Reopen a piece of a plan: dissolve some classes, keep the others, and pose what is free as a problem of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.model.plan import Plan, activity
from cohort_opt.problem.compact import Bools, CompactProblem, Ints
from cohort_opt.solver.parts import Part, join, keep_classes, restrict, widen


@dataclass(frozen=True, slots=True)
class Reopened:
    """A piece of a plan that is free again.

    Parameters
    ----------
    part
        The free groups, runs and arcs, with the limits that the kept classes leave.
    kept
        The classes that stay.
    start
        The dissolved classes in the indices of the part: the plan to beat.
    """

    part: Part
    kept: Plan
    start: Plan

    def merge(self, plan: Plan) -> Plan:
        """Return the whole plan with the piece solved anew."""
        return join([self.kept, widen(self.part, plan)])


def reopen(
    problem: CompactProblem, plan: Plan, dissolved: Bools, groups: Ints, runs: Ints, arcs: Bools | None = None
) -> Reopened:
    """Return a piece of a plan as a problem.

    Parameters
    ----------
    dissolved
        Classes to dissolve, shape (C,); their members must be among `groups` and their runs among `runs`.
    groups
        Groups whose free trainees (dissolved or without a seat) may be seated; ascending.
    runs
        Runs that may open; ascending.
    arcs
        Arcs that may be used, shape (A,); all between the two by default.
    """
    kept = keep_classes(plan, ~dissolved)
    seats, opened = kept.seats(problem), kept.open_classes(problem)
    free = kept.unplaced(problem)
    left = replace(
        problem,
        group_count=free,
        run_cap=problem.run_cap - opened,
        run_pinned=np.maximum(problem.run_pinned - opened, 0),
        arc_pinned=np.maximum(problem.arc_pinned - seats, 0),
        capacity=replace(problem.capacity, limit=problem.capacity.limit - activity(problem.capacity, opened)),
        absence=replace(problem.absence, limit=problem.absence.limit - activity(problem.absence, seats)),
    )
    wanted = groups[free[groups] > 0]
    open_runs = runs[left.run_cap[runs] > 0]
    usable = None
    if arcs is not None:
        of_group, of_run = np.zeros(problem.num_groups, dtype=np.bool_), np.zeros(problem.num_runs, dtype=np.bool_)
        of_group[wanted], of_run[open_runs] = True, True
        usable = np.flatnonzero(arcs & of_group[problem.arc_group] & of_run[problem.arc_run])
    part = restrict(left, wanted, open_runs, usable)
    old = keep_classes(plan, dissolved)
    start = Plan(
        np.searchsorted(part.runs, old.class_run),
        old.member_class,
        np.searchsorted(part.groups, old.member_group),
        old.member_count,
    )
    return Reopened(part, kept, start)

"""What a change must leave alone: placements of a plan as pins."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

import numpy as np

from cohort_opt.problem.candidates import Candidates
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Pin
from cohort_opt.solution import Solution
from cohort_opt.solver.parts import restrict


class Keep(StrEnum):
    """Which placements of the present plan a new one must keep."""

    ALL = "all"
    """Everybody keeps the seat; only who waits is moved in."""
    OTHER_COURSES = "other courses"
    """Everybody in another course keeps the seat; this course is planned anew."""
    PINS = "pins"
    """Only what was pinned before; a free re-plan."""


def held(instance: Instance, solution: Solution, keep: Keep, course: str = "") -> Instance:
    """Return the instance with the placements to keep as pins, beside those it has.

    Parameters
    ----------
    course
        The course that may be planned anew under `Keep.OTHER_COURSES`.
    """
    if keep is Keep.PINS:
        return instance
    seats: Counter[tuple[str, str]] = Counter()
    for planned in solution.classes:
        if keep is Keep.ALL or planned.course != course:
            for member in planned.members:
                seats[member.demand, planned.run] += member.count
    for pin in instance.pins:
        seats[pin.demand, pin.run] = max(seats[pin.demand, pin.run], pin.count)
    pins = tuple(Pin(demand=demand, run=run, count=count) for (demand, run), count in sorted(seats.items()))
    return type(instance)(**{name: getattr(instance, name) for name in type(instance).model_fields if name != "pins"}, pins=pins)


def only_about(candidates: Candidates, course: str) -> Candidates:
    """Return the candidates with the choices of one course only: lines of other courses may sit where they are pinned."""
    problem = candidates.problem
    asks = np.array([line.course == course for line in candidates.instance.demands], dtype=np.bool_)
    arcs = np.flatnonzero(asks[problem.arc_group] | (problem.arc_pinned > 0))
    used = np.zeros(problem.num_runs, dtype=np.bool_)
    used[problem.arc_run[arcs]] = True
    used |= problem.run_pinned > 0
    runs = np.flatnonzero(used)
    part = restrict(problem, np.arange(problem.num_groups), runs, arcs)
    kept = tuple(candidates.runs[r] for r in runs.tolist())
    return Candidates(candidates.instance, part.problem, kept, candidates.rejected)

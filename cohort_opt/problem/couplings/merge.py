"""Merge: where thinned classes are merged, the classes of one run start together with enough for one class, and not too many."""

from __future__ import annotations

from typing import Any

from cohort_opt.problem.class_sizes import least_start, most_merged
from cohort_opt.problem.couplings.view import View, unit_rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rows import joined

RULE = "merge"


def applies(instance: Instance) -> bool:
    """Return whether a merge is planned for any course."""
    return any(course.merge_from_week is not None for course in instance.courses)


def arrays(view: View) -> dict[str, Any]:
    """Return for each run of such a course a least load, and a row over its arcs with the most who may start."""
    courses = {course.id: course for course in view.instance.courses}
    seats = {room.id: room.seats for room in view.instance.rooms}
    least: list[tuple[str, int, list[int]]] = []
    most: list[tuple[str, int, list[int]]] = []
    for r, run in enumerate(view.runs):
        course = courses[run.course]
        together = most_merged(course, seats[run.room])
        if together is None:
            continue
        if (start := least_start(course)) is not None and start > int(view.problem.run_min[r]):
            least.append((f"{RULE}[{run.id}]", start, [r]))
        arcs = [arc for arc, _ in view.members(r)]
        if int(view.problem.group_count[view.problem.arc_group[arcs]].sum()) > together:
            most.append((f"{RULE}[{run.id},most]", together, arcs))
    changes: dict[str, Any] = {"loads": unit_rows(least)}
    if most:
        changes["absence"] = joined((view.problem.absence, unit_rows(most)))
    return changes

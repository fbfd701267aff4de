"""Combination classes: trainees of other courses sit in the classes of an offering, at most so many of each.

trainees of course c in a class <= max_seats[c]      for each combined course, and `own_max_seats` for the offering's own
"""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.problem.couplings.view import LimitRow, View
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import InstanceRecords

RULE = "combination"


def courses_taught(instance: InstanceRecords) -> dict[str, tuple[str, ...]]:
    """Return, for each offering, the courses whose lines may attend its runs, its own first."""
    return {o.id: (o.course, *(other.course for other in o.combines)) for o in instance.offerings}


def applies(instance: Instance) -> bool:
    """Return whether any offering combines courses or limits its own."""
    return any(offering.combines or offering.own_max_seats is not None for offering in instance.offerings)


def limits(view: View) -> Iterator[LimitRow]:
    """Yield one row per run and course with a limit that can bind."""
    for offering in view.instance.offerings:
        most = {other.course: other.max_seats for other in offering.combines}
        if offering.own_max_seats is not None:
            most[offering.course] = offering.own_max_seats
        for r in view.runs_of_offering(offering.id) if most else ():
            members = view.members(r)
            for course, seats in sorted(most.items()):
                arcs = tuple(a for a, demand in members if demand.course == course)
                asked = sum(demand.count for _, demand in members if demand.course == course)
                if min(asked, int(view.problem.run_max[r])) > seats:
                    yield LimitRow(f"{RULE}[{view.runs[r].id},{course}]", r, 0, seats, arcs)

"""What keeps one more trainee of a line out of an open class with a free seat: the rules that look inside a class."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.solution import PlannedClass


def with_room(case: Case, g: int) -> list[tuple[int, PlannedClass]]:
    """Return (arc, class) for each open class that the line may attend and that has a free seat."""
    return [(arc, planned) for arc, planned in case.open_classes(g) if case.free_seats(planned) > 0]


def seats_by_line(planned: PlannedClass) -> dict[str, int]:
    """Return the trainees of each line in a class."""
    return {member.demand: member.count for member in planned.members}


def full_rows(case: Case, rule: str, arc: int, planned: PlannedClass) -> Iterator[tuple[int, int]]:
    """Yield (row, upper end) of each row of a rule inside the class that takes no more trainees of the arc."""
    limits, held = case.problem.class_limits, seats_by_line(planned)
    for i in case.rows_inside.get((case.run_of(arc), rule), ()):
        arcs = limits.arcs(i).tolist()
        if arc in arcs:
            lines = [case.demand(int(case.problem.arc_group[a])).id for a in arcs]
            if sum(held.get(line, 0) for line in lines) >= int(limits.upper[i]):
                yield i, int(limits.upper[i])

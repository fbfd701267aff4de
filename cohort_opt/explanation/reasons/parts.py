"""Parts: the line goes together, or in parts of a smallest size, and the free seats of every open class are fewer."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if open classes have free seats, but none of them enough for the smallest part of the line."""
    part = int(case.problem.group_min_part[g])
    free = [(case.free_seats(planned), planned.id) for _, planned in case.open_classes(g) if case.free_seats(planned) > 0]
    inside = {
        planned.id for _, planned in case.open_classes(g) if any(m.demand == case.problem.group_ids[g] for m in planned.members)
    }
    if part <= 1 or not free or any(seats >= part or name in inside for seats, name in free):
        return
    seats, name = max(free)
    yield say(
        "parts",
        "At least {smallest_part} of them go into one class together; the open class with most room, {class_id}, has "
        "{free_seats} free.",
        smallest_part=part, class_id=name, free_seats=seats,
    )  # fmt: skip


KIND = ReasonKind(find, planner_only)

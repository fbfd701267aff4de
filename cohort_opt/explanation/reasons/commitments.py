"""Commitments: full classes that the line could attend hold seats that are frozen for those who have them."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.couplings.commitments import is_frozen
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if every open class is full and one of them holds frozen seats of other lines."""
    opened = [planned for _, planned in case.open_classes(g)]
    if not opened or any(case.free_seats(planned) > 0 for planned in opened):
        return
    own = case.demand(g).id
    kept = [row for row in case.instance.commitments if row.demand != own and is_frozen(case.instance, row)]
    held = [(sum(row.count for row in kept if row.run == planned.run), planned.id) for planned in opened]
    seats, name = max(held)
    if seats:
        yield say(
            "commitments",
            "{class_id} is full, and {seats} of its seats are frozen: those who hold them keep them.",
            class_id=name, seats=seats,
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

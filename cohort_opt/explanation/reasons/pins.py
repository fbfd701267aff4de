"""Pins: full classes that the line could attend hold seats that the planner has pinned for others."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if every open class is full and the planner pinned others into one of them."""
    opened = [planned for _, planned in case.open_classes(g)]
    if not opened or any(case.free_seats(planned) > 0 for planned in opened):
        return
    own = case.demand(g).id
    pinned = [pin for pin in case.instance.pins if pin.demand != own]
    seats, name = max((sum(pin.count for pin in pinned if pin.run == planned.run), planned.id) for planned in opened)
    if seats:
        yield say(
            "pins",
            "{class_id} is full, and the planner has pinned {seats} of those who sit in its run.",
            class_id=name, seats=seats,
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)

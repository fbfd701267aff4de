"""Bodies of moves by hand: who sits where in a night, where they could sit, and a set of moves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort_opt import Bool, Count, Id, Move, Text
from service.schemas.wire import Wire

MOST_MOVES = 200


class MoveRequest(Wire):
    """So many trainees of a line sit in another run. `from_run` `null` = they wait now."""

    demand: Id
    from_run: Text | None = None
    to_run: Text
    count: Count

    def to_move(self) -> Move:
        """Return the move as the library knows it."""
        return Move(self.demand, self.from_run or "", self.to_run, self.count)


class MovesRequest(Wire):
    """A set of moves that is solved as one what-if; with `keep_others` everybody else keeps the seat."""

    name: Text
    moves: Annotated[tuple[MoveRequest, ...], Field(min_length=1, max_length=MOST_MOVES)]
    keep_others: Bool = True


class SeatedState(Wire):
    """Trainees of one line in a run, or waiting (`run` is `null`), and the runs that they may attend."""

    demand: str
    company_name: str
    run: str | None
    count: int
    may: tuple[str, ...]


class SlotState(Wire):
    """A run that could be: its place and days, its sizes, and who sits in it now."""

    run: str
    site_name: str
    start: str
    end: str
    days: int
    pattern: str
    min_seats: int
    max_seats: int
    seated: tuple[SeatedState, ...]


class CourseSlots(Wire):
    """The runs of one course that could be, by first day, and who waits for it."""

    course: str
    course_name: str
    slots: tuple[SlotState, ...]
    waiting: tuple[SeatedState, ...]


class MoveBoard(Wire):
    """Who sits where in a night, and where everybody could sit; one entry for each course that somebody asks for."""

    courses: tuple[CourseSlots, ...]

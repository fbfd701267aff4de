"""Changes of rooms and instructors."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Count, Date, Id, Text
from cohort_opt.problem.records import check_order


class SetRoomCount(NamedChange):
    """A pool has so many rooms, or so many seats in each; what is not named stays."""

    kind: Literal["set_room_count"]
    room: Id
    count: Count | None = None
    seats: Count | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        set_fields(draft, draft.row("rooms", "room", self.room), self.given("count", "seats"))


class SetInstructorCount(NamedChange):
    """A pool has so many instructors."""

    kind: Literal["set_instructor_count"]
    instructor: Id
    count: Count

    def apply_to(self, draft: Draft) -> None:
        """Set the count."""
        draft.row("instructors", "instructor", self.instructor)["count"] = self.count


class AddAbsence(NamedChange):
    """Some rooms or some instructors are away: name exactly one pool."""

    kind: Literal["add_absence"]
    first: Date
    last: Date
    count: Count = 1
    name: Text = "absent"
    room: Id | None = None
    instructor: Id | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        return self

    def apply_to(self, draft: Draft) -> None:
        """Add the absence to the pool."""
        if (self.room is None) == (self.instructor is None):
            draft.problem("missing-field", "room", "", "needs either a room or an instructor", "name exactly one of the two")
            return
        named = draft.row("rooms", "room", self.room) if self.room else None
        pool = named if named is not None else draft.row("instructors", "instructor", self.instructor or "")
        pool["absences"].append(self.model_dump(mode="json", include={"first", "last", "count", "name"}))

"""Changes of rooms and instructors."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Cents, CentsPerKm, Count, Date, Id, Km, Minutes, Text
from cohort_opt.problem.records import SiteDistance, check_order


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


class SetRoomHire(NamedChange):
    """A room is hired at another price for each half day; 0 = no hire."""

    kind: Literal["set_room_hire"]
    room: Id
    hire_cents_per_half_day: Cents

    def apply_to(self, draft: Draft) -> None:
        """Set the price."""
        draft.row("rooms", "room", self.room)["hire_cents_per_half_day"] = self.hire_cents_per_half_day


class SetInstructorTravel(NamedChange):
    """Instructors travel further within a day, or from another base or price; what is not named stays."""

    kind: Literal["set_instructor_travel"]
    instructor: Id
    max_minutes_between_sites: Minutes | None = None
    base: Id | None = None
    travel_cents_per_km: CentsPerKm | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        given = self.given("max_minutes_between_sites", "base", "travel_cents_per_km")
        set_fields(draft, draft.row("instructors", "instructor", self.instructor), given)


class SetSiteDistance(NamedChange):
    """A measured distance between two sites, both ways; replaces an earlier one."""

    kind: Literal["set_site_distance"]
    first: Id
    second: Id
    km: Km
    minutes: Minutes | None = None

    def apply_to(self, draft: Draft) -> None:
        """Replace the row."""
        rows, ends = draft.rows("site_distances"), {self.first, self.second}
        rows[:] = [row for row in rows if {row["first"], row["second"]} != ends]
        fields = {"first": self.first, "second": self.second, "km": self.km, "minutes": self.minutes}
        draft.add("site_distances", SiteDistance(**fields))


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

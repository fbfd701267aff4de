"""Changes of what academies offer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Cents, Date, Id, Int, Weekdays
from cohort_opt.problem.records import Offering


class AddOffering(NamedChange):
    """A new offering."""

    kind: Literal["add_offering"]
    offering: Offering

    def apply_to(self, draft: Draft) -> None:
        """Add the offering."""
        draft.add("offerings", self.offering)


class RemoveOffering(NamedChange):
    """An offering goes, with all pins and bans of its runs."""

    kind: Literal["remove_offering"]
    offering: Id

    def apply_to(self, draft: Draft) -> None:
        """Remove the offering and what names its runs."""
        draft.remove("offerings", lambda row: row["id"] == self.offering, "offering", self.offering)
        for collection in ("pins", "bans"):
            rows = draft.rows(collection)
            rows[:] = [row for row in rows if not row["run"].startswith(f"{self.offering}/")]


class SetOfferingPrice(NamedChange):
    """What a class and a seat of an offering cost; what is not named stays."""

    kind: Literal["set_offering_price"]
    offering: Id
    fixed_cents: Cents | None = None
    seat_cents: Cents | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        set_fields(draft, draft.row("offerings", "offering", self.offering), self.given("fixed_cents", "seat_cents"))


class SetOfferingStarts(NamedChange):
    """When classes of an offering may start, and how many at a time; what is not named stays."""

    kind: Literal["set_offering_starts"]
    offering: Id
    first_start: Date | None = None
    last_start: Date | None = None
    start_weekdays: Weekdays | None = None
    every_weeks: Annotated[Int, Field(ge=1, le=52)] | None = None
    max_parallel: Annotated[Int, Field(ge=1, le=50)] | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        given = self.given("first_start", "last_start", "start_weekdays", "every_weeks", "max_parallel")
        set_fields(draft, draft.row("offerings", "offering", self.offering), given)

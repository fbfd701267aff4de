"""Pins and bans, set and lifted."""

from __future__ import annotations

from typing import Literal

from cohort_opt.problem.draft import Draft, NamedChange
from cohort_opt.problem.fields import Count, Id, Text
from cohort_opt.problem.records import Ban, Pin


class AddPin(NamedChange):
    """At least `count` of a demand line must sit in a run; replaces a pin of the same line and run."""

    kind: Literal["add_pin"]
    demand: Id
    run: Text
    count: Count

    def apply_to(self, draft: Draft) -> None:
        """Add the pin."""
        rows = draft.rows("pins")
        rows[:] = [row for row in rows if (row["demand"], row["run"]) != (self.demand, self.run)]
        draft.add("pins", Pin(demand=self.demand, run=self.run, count=self.count))


class RemovePin(NamedChange):
    """A pin is lifted."""

    kind: Literal["remove_pin"]
    demand: Id
    run: Text

    def apply_to(self, draft: Draft) -> None:
        """Remove the pin."""
        draft.remove("pins", lambda row: (row["demand"], row["run"]) == (self.demand, self.run), "run", self.run)


class AddBan(NamedChange):
    """A run stays closed, or closed to one demand line."""

    kind: Literal["add_ban"]
    run: Text
    demand: Id | None = None

    def apply_to(self, draft: Draft) -> None:
        """Add the ban, unless it stands already."""
        ban = Ban(run=self.run, demand=self.demand).model_dump(mode="json")
        if ban not in draft.rows("bans"):
            draft.rows("bans").append(ban)


class RemoveBan(NamedChange):
    """A ban is lifted."""

    kind: Literal["remove_ban"]
    run: Text
    demand: Id | None = None

    def apply_to(self, draft: Draft) -> None:
        """Remove the ban."""
        draft.remove("bans", lambda row: (row["run"], row["demand"]) == (self.run, self.demand), "run", self.run)

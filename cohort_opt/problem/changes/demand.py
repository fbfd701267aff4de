"""Changes of a demand line: how many, when, how, how far, at what price."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.draft import Draft, NamedChange, Row, set_fields
from cohort_opt.problem.fields import Bool, Cents, Count, Date, Id, Km, Text, Weekdays
from cohort_opt.problem.records import Demand, PatternKind


class SetDemandCount(NamedChange):
    """A demand line asks for `count` trainees."""

    kind: Literal["set_demand_count"]
    demand: Id
    count: Count

    def apply_to(self, draft: Draft) -> None:
        """Set the count."""
        draft.row("demands", "demand", self.demand)["count"] = self.count


class AddDemand(NamedChange):
    """A new demand line."""

    kind: Literal["add_demand"]
    demand: Demand

    def apply_to(self, draft: Draft) -> None:
        """Add the line."""
        draft.add("demands", self.demand)


class WithdrawDemand(NamedChange):
    """A demand line is withdrawn, with all its pins, bans, commitments and pairs; lines that followed it follow nothing."""

    kind: Literal["withdraw_demand"]
    demand: Id

    def apply_to(self, draft: Draft) -> None:
        """Remove the line and what names it."""
        draft.remove("demands", lambda row: row["id"] == self.demand, "demand", self.demand)
        for collection in ("pins", "bans", "commitments"):
            draft.rows(collection)[:] = [row for row in draft.rows(collection) if row["demand"] != self.demand]
        for row in draft.rows("demands"):
            row["after"] = None if row["after"] == self.demand else row["after"]
        for collection in ("apart", "side_by_side"):
            rows = draft.rows(collection)
            rows[:] = [row for row in rows if row.get("of") == "companies" or self.demand not in (row["first"], row["second"])]


class MoveTrainees(NamedChange):
    """Trainees of a line change to a company and keep their seats: count, pins and agreed seats in a run move to `line` there."""

    kind: Literal["move_trainees"]
    demand: Id
    company: Id
    line: Id
    count: Count
    run: Text | None = None

    def apply_to(self, draft: Draft) -> None:
        """Move the count, then what was settled for it; a line that nobody is left of is withdrawn."""
        old = draft.row("demands", "demand", self.demand)
        if "id" not in old:
            return
        if self.count > old["count"]:
            draft.problem("out-of-range", "count", self.count, f"the line has {old['count']} trainees", "move fewer")
            return
        told = [row["run"] for row in draft.rows("commitments") if row["demand"] == self.demand]
        if self.run is None and len(told) > 1:
            draft.problem("missing-field", "run", "", f"the line was told of {len(told)} runs", "name the run they sit in")
            return
        if not self._join(draft, old):
            return
        run = self.run if self.run is not None else next(iter(told), None)
        for collection in ("commitments", "pins"):
            self._take_along(draft.rows(collection), run)
        old["count"] -= self.count
        if not old["count"]:
            WithdrawDemand(kind="withdraw_demand", demand=self.demand).apply_to(draft)

    def _join(self, draft: Draft, old: Row) -> bool:
        """Add the count to the line of the other company, or make that line; returns whether it suits."""
        rows = draft.rows("demands")
        line = next((row for row in rows if row["id"] == self.line), None)
        if line is None:
            part = min(old["min_part"], self.count)
            rows.append({**old, "id": self.line, "company": self.company, "count": self.count, "min_part": part, "after": None})
            return True
        if line is old or (line["company"], line["course"]) != (self.company, old["course"]):
            rule = f"the line is no other one of {self.company} for {old['course']}"
            draft.problem("unknown-reference", "line", self.line, rule, "name such a line, or a new one")
            return False
        line["count"] += self.count
        return True

    def _take_along(self, rows: list[Row], run: str | None) -> None:
        """Move so many of the rows of the run to the other line."""
        mine = next((row for row in rows if (row["demand"], row["run"]) == (self.demand, run)), None)
        if mine is None:
            return
        moved = min(self.count, mine["count"])
        theirs = next((row for row in rows if (row["demand"], row["run"]) == (self.line, run)), None)
        if theirs is None:
            rows.append({**mine, "demand": self.line, "count": moved})
        else:
            theirs["count"] += moved
        mine["count"] -= moved
        rows[:] = [row for row in rows if row["count"]]


class SetStartWindow(NamedChange):
    """A demand line may start between other days; a day that is not named stays."""

    kind: Literal["set_start_window"]
    demand: Id
    earliest_start: Date | None = None
    latest_start: Date | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set the days that are named."""
        set_fields(draft, draft.row("demands", "demand", self.demand), self.given("earliest_start", "latest_start"))


class SetAttendance(NamedChange):
    """A demand line can attend on other weekdays or in other patterns; what is not named stays."""

    kind: Literal["set_attendance"]
    demand: Id
    weekdays: Weekdays | None = None
    patterns: Annotated[tuple[PatternKind, ...], Field(min_length=1, max_length=3)] | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        set_fields(draft, draft.row("demands", "demand", self.demand), self.given("weekdays", "patterns"))


class SetParts(NamedChange):
    """A demand line keeps together, or in parts of at least `min_part`."""

    kind: Literal["set_parts"]
    demand: Id
    together: Bool = False
    min_part: Count = 1

    def apply_to(self, draft: Draft) -> None:
        """Set both."""
        draft.row("demands", "demand", self.demand).update(together=self.together, min_part=self.min_part)


class SetPriceCap(NamedChange):
    """A demand line takes a seat only at this price; `null` = at any price."""

    kind: Literal["set_price_cap"]
    demand: Id
    max_seat_price_cents: Cents | None

    def apply_to(self, draft: Draft) -> None:
        """Set or lift the cap."""
        draft.row("demands", "demand", self.demand)["max_seat_price_cents"] = self.max_seat_price_cents


class SetTravelLimit(NamedChange):
    """One demand line, or every one, travels at most so far."""

    kind: Literal["set_travel_limit"]
    max_travel_km: Km
    demand: Id | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set the limit."""
        for row in _one_or_all(draft, self.demand):
            row["max_travel_km"] = self.max_travel_km


def _one_or_all(draft: Draft, demand: str | None) -> list[Row]:
    return draft.rows("demands") if demand is None else [draft.row("demands", "demand", demand)]

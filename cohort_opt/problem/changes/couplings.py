"""Named changes of the rules inside a class and between classes: what a planner asks 'what if' about."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Bool, Cents, Count, Date, Id, Int, Text
from cohort_opt.problem.records import Apart, CombinedCourse, Commitment, Reservation, SideBySide

Weeks = Annotated[Int, Field(ge=0, le=104)]
Days = Annotated[Int, Field(ge=1, le=1_100)]


class SetPlanningDate(NamedChange):
    """The plan is made on another day; `null` = no day is known."""

    kind: Literal["set_planning_date"]
    planning_date: Date | None

    def apply_to(self, draft: Draft) -> None:
        """Set the day."""
        draft.document["planning_date"] = self.model_dump(mode="json")["planning_date"]


class SetChangePrices(NamedChange):
    """What moving an agreed or published seat costs, and when it is frozen; what is not named stays."""

    kind: Literal["set_change_prices"]
    change_cents_published: Cents | None = None
    change_cents_agreed: Cents | None = None
    change_weeks: Weeks | None = None
    frozen_weeks: Weeks | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        given = self.given("change_cents_published", "change_cents_agreed", "change_weeks", "frozen_weeks")
        set_fields(draft, draft.document["prices"], given)


class AddCommitment(NamedChange):
    """Trainees of a line are told that they sit in a run; replaces a commitment of the same line and run."""

    kind: Literal["add_commitment"]
    demand: Id
    run: Text
    start: Date
    count: Count
    state: Literal["published", "agreed", "started"] = "agreed"
    seat_price_cents: Cents | None = None

    def apply_to(self, draft: Draft) -> None:
        """Add the commitment."""
        rows = draft.rows("commitments")
        rows[:] = [row for row in rows if (row["demand"], row["run"]) != (self.demand, self.run)]
        row = Commitment(demand=self.demand, run=self.run, start=self.start, count=self.count, state=self.state,
                         seat_price_cents=self.seat_price_cents)  # fmt: skip
        draft.add("commitments", row)


class RemoveCommitment(NamedChange):
    """A commitment is taken back; the seats are free to move."""

    kind: Literal["remove_commitment"]
    demand: Id
    run: Text

    def apply_to(self, draft: Draft) -> None:
        """Remove the commitment."""
        draft.remove("commitments", lambda row: (row["demand"], row["run"]) == (self.demand, self.run), "run", self.run)


class SetCertainty(NamedChange):
    """A demand line is firm, likely or maybe, with its probability; a firm one has 100."""

    kind: Literal["set_certainty"]
    demand: Id
    certainty: Literal["firm", "likely", "maybe"]
    probability_percent: Annotated[Int, Field(ge=1, le=100)] = 100

    def apply_to(self, draft: Draft) -> None:
        """Set both."""
        row = draft.row("demands", "demand", self.demand)
        row.update(certainty=self.certainty, probability_percent=self.probability_percent)


class CombineCourse(NamedChange):
    """Trainees of another course may sit in the classes of an offering, at most so many; replaces an earlier limit."""

    kind: Literal["combine_course"]
    offering: Id
    course: Id
    max_seats: Count

    def apply_to(self, draft: Draft) -> None:
        """Add the course."""
        rows = draft.row("offerings", "offering", self.offering).setdefault("combines", [])
        rows[:] = [row for row in rows if row["course"] != self.course]
        rows.append(CombinedCourse(course=self.course, max_seats=self.max_seats).model_dump(mode="json"))


class SeparateCourse(NamedChange):
    """Trainees of another course no longer sit in the classes of an offering."""

    kind: Literal["separate_course"]
    offering: Id
    course: Id

    def apply_to(self, draft: Draft) -> None:
        """Remove the course."""
        rows = draft.row("offerings", "offering", self.offering).setdefault("combines", [])
        draft.remove_from(rows, lambda row: row["course"] == self.course, "course", self.course)


class AddReservation(NamedChange):
    """Seats in each class of an offering are kept for a company until a day; replaces an earlier reservation of it."""

    kind: Literal["add_reservation"]
    offering: Id
    company: Id
    seats: Count
    until: Date

    def apply_to(self, draft: Draft) -> None:
        """Add the reservation."""
        rows = draft.row("offerings", "offering", self.offering).setdefault("reserved", [])
        rows[:] = [row for row in rows if row["company"] != self.company]
        rows.append(Reservation(company=self.company, seats=self.seats, until=self.until).model_dump(mode="json"))


class RemoveReservation(NamedChange):
    """Seats that were kept for a company are free to all."""

    kind: Literal["remove_reservation"]
    offering: Id
    company: Id

    def apply_to(self, draft: Draft) -> None:
        """Remove the reservation."""
        rows = draft.row("offerings", "offering", self.offering).setdefault("reserved", [])
        draft.remove_from(rows, lambda row: row["company"] == self.company, "company", self.company)


class KeepApart(NamedChange):
    """Two demand lines, or two companies, never sit in one class."""

    kind: Literal["keep_apart"]
    first: Id
    second: Id
    of: Literal["demands", "companies"] = "demands"

    def apply_to(self, draft: Draft) -> None:
        """Add the pair, unless it stands already."""
        pair = Apart(first=self.first, second=self.second, of=self.of).model_dump(mode="json")
        if pair not in draft.rows("apart"):
            draft.rows("apart").append(pair)


class LetMeet(NamedChange):
    """Two that were kept apart may sit in one class."""

    kind: Literal["let_meet"]
    first: Id
    second: Id

    def apply_to(self, draft: Draft) -> None:
        """Remove the pair, in either order."""
        ends = {self.first, self.second}
        draft.remove("apart", lambda row: {row["first"], row["second"]} == ends, "first", self.first)


class SitSideBySide(NamedChange):
    """A class holds both of two demand lines or neither."""

    kind: Literal["sit_side_by_side"]
    first: Id
    second: Id

    def apply_to(self, draft: Draft) -> None:
        """Add the pair, unless it stands already."""
        pair = SideBySide(first=self.first, second=self.second).model_dump(mode="json")
        if pair not in draft.rows("side_by_side"):
            draft.rows("side_by_side").append(pair)


class LetSitAlone(NamedChange):
    """Two that sat side by side need not."""

    kind: Literal["let_sit_alone"]
    first: Id
    second: Id

    def apply_to(self, draft: Draft) -> None:
        """Remove the pair, in either order."""
        ends = {self.first, self.second}
        draft.remove("side_by_side", lambda row: {row["first"], row["second"]} == ends, "first", self.first)


class SetTargetSize(NamedChange):
    """Wished class size of a course and the price of each trainee above or below it; `null` = no wish."""

    kind: Literal["set_target_size"]
    course: Id
    target_seats: Count | None
    off_target_cents: Cents = 0

    def apply_to(self, draft: Draft) -> None:
        """Set both."""
        row = draft.row("courses", "course", self.course)
        row.update(target_seats=self.target_seats, off_target_cents=self.off_target_cents)


class SetModuleOrder(NamedChange):
    """A demand line follows another one, its module before; `null` = it follows nothing."""

    kind: Literal["set_module_order"]
    demand: Id
    after: Id | None
    min_gap_days: Days = 1
    max_gap_days: Days | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set all three."""
        row = draft.row("demands", "demand", self.demand)
        row.update(after=self.after, min_gap_days=self.min_gap_days, max_gap_days=self.max_gap_days)


class SetNotAboveAlone(NamedChange):
    """A demand line pays at most what it would pay outside, or pays whatever its class costs."""

    kind: Literal["set_not_above_alone"]
    demand: Id
    not_above_alone: Bool

    def apply_to(self, draft: Draft) -> None:
        """Set or lift it."""
        draft.row("demands", "demand", self.demand)["not_above_alone"] = self.not_above_alone


class SetBudget(NamedChange):
    """What the seats of a company may cost in classes that start in a period; `null` = no budget."""

    kind: Literal["set_budget"]
    company: Id
    budget_cents: Cents | None
    budget_first: Date | None = None
    budget_last: Date | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set budget and period."""
        row = draft.row("companies", "company", self.company)
        row.update(self.model_dump(mode="json", include={"budget_cents", "budget_first", "budget_last"}))


class SetPriceSpread(NamedChange):
    """Seats of a course differ by at most so much in price; `null` = by any amount."""

    kind: Literal["set_price_spread"]
    course: Id
    max_price_spread_cents: Cents | None

    def apply_to(self, draft: Draft) -> None:
        """Set or lift the limit."""
        draft.row("courses", "course", self.course)["max_price_spread_cents"] = self.max_price_spread_cents

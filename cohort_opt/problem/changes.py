"""Named changes to an instance: a closed union of records; each knows how to change a draft of the instance.

A new change is one class here and one line in `Change`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cohort_opt.errors import InstanceError
from cohort_opt.problem.coupling_changes import (
    AddCommitment,
    AddReservation,
    CombineCourse,
    KeepApart,
    LetMeet,
    LetSitAlone,
    RemoveCommitment,
    RemoveReservation,
    SeparateCourse,
    SetBudget,
    SetCertainty,
    SetChangePrices,
    SetModuleOrder,
    SetNotAboveAlone,
    SetPlanningDate,
    SetPriceSpread,
    SetTargetSize,
    SitSideBySide,
)
from cohort_opt.problem.draft import Draft, NamedChange, Row, set_fields
from cohort_opt.problem.fields import Bool, Cents, Count, Date, Id, Int, Km, Text, Weekdays
from cohort_opt.problem.holidays import HolidaySet, holiday_periods
from cohort_opt.problem.records import Ban, Company, Course, Demand, Offering, PatternKind, Pin, check_order


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


class SetUnplacedPrice(NamedChange):
    """Price of one trainee without a seat: of one demand line, or of all that have no price of their own."""

    kind: Literal["set_unplaced_price"]
    unplaced_cents: Cents
    demand: Id | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set the price."""
        row = draft.document["prices"] if self.demand is None else draft.row("demands", "demand", self.demand)
        row["unplaced_cents"] = self.unplaced_cents


class SetPrices(NamedChange):
    """Rates that hold for all; what is not named stays."""

    kind: Literal["set_prices"]
    travel_cents_per_km: Annotated[Int, Field(ge=0, le=10_000)] | None = None
    waiting_cents_per_week: Cents | None = None
    detour_percent: Annotated[Int, Field(ge=100, le=300)] | None = None
    speed_km_per_hour: Annotated[Int, Field(ge=5, le=130)] | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        given = self.given("travel_cents_per_km", "waiting_cents_per_week", "detour_percent", "speed_km_per_hour")
        set_fields(draft, draft.document["prices"], given)


class SetMaxAway(NamedChange):
    """At most so many trainees of a company are away on one day; `null` = no limit."""

    kind: Literal["set_max_away"]
    company: Id
    max_away_per_day: Count | None

    def apply_to(self, draft: Draft) -> None:
        """Set or lift the limit."""
        draft.row("companies", "company", self.company)["max_away_per_day"] = self.max_away_per_day


class AddCompany(NamedChange):
    """A new company."""

    kind: Literal["add_company"]
    company: Company

    def apply_to(self, draft: Draft) -> None:
        """Add the company."""
        draft.add("companies", self.company)


class AddCourse(NamedChange):
    """A new course."""

    kind: Literal["add_course"]
    course: Course

    def apply_to(self, draft: Draft) -> None:
        """Add the course."""
        draft.add("courses", self.course)


class SetClassSize(NamedChange):
    """Fewest and most trainees in a class of a course; what is not named stays."""

    kind: Literal["set_class_size"]
    course: Id
    min_seats: Count | None = None
    max_seats: Count | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        set_fields(draft, draft.row("courses", "course", self.course), self.given("min_seats", "max_seats"))


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


class CloseDays(NamedChange):
    """Days without classes: of one company, or of everybody."""

    kind: Literal["close_days"]
    first: Date
    last: Date
    name: Text = "closed"
    company: Id | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        return self

    def apply_to(self, draft: Draft) -> None:
        """Add the period."""
        owner = draft.document["calendar"] if self.company is None else draft.row("companies", "company", self.company)
        owner["closed"].append(self.model_dump(mode="json", include={"first", "last", "name"}))


class CloseHolidays(NamedChange):
    """A set of holidays without classes, as far as it lies in the horizon: of one company, or of everybody."""

    kind: Literal["close_holidays"]
    holidays: HolidaySet
    company: Id | None = None

    def apply_to(self, draft: Draft) -> None:
        """Add the periods."""
        calendar = draft.document["calendar"]
        owner = calendar if self.company is None else draft.row("companies", "company", self.company)
        first, last = (dt.date.fromisoformat(calendar[end]) for end in ("start", "end"))
        try:
            periods = holiday_periods(self.holidays, first, last)
        except InstanceError as error:
            for found in error.problems:
                draft.problem(found.code, "holidays", found.value, found.rule, found.remedy)
            return
        owner["closed"].extend(period.model_dump(mode="json") for period in periods)


class SetHorizon(NamedChange):
    """The planning period starts or ends on another day; what is not named stays."""

    kind: Literal["set_horizon"]
    start: Date | None = None
    end: Date | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        set_fields(draft, draft.document["calendar"], self.given("start", "end"))


class SetDistance(NamedChange):
    """A measured distance from a company to a site."""

    kind: Literal["set_distance"]
    company: Id
    site: Id
    km: Km

    def apply_to(self, draft: Draft) -> None:
        """Set the distance, or add it."""
        rows = draft.rows("distances")
        rows[:] = [row for row in rows if (row["company"], row["site"]) != (self.company, self.site)]
        rows.append({"company": self.company, "site": self.site, "km": self.km})


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


Change = Annotated[
    SetDemandCount
    | AddDemand
    | WithdrawDemand
    | SetStartWindow
    | SetAttendance
    | SetParts
    | SetPriceCap
    | SetTravelLimit
    | SetUnplacedPrice
    | SetPrices
    | SetMaxAway
    | AddCompany
    | AddCourse
    | SetClassSize
    | AddOffering
    | RemoveOffering
    | SetOfferingPrice
    | SetOfferingStarts
    | SetRoomCount
    | SetInstructorCount
    | AddAbsence
    | CloseDays
    | CloseHolidays
    | SetHorizon
    | SetDistance
    | AddPin
    | RemovePin
    | AddBan
    | RemoveBan
    | SetPlanningDate
    | SetChangePrices
    | AddCommitment
    | RemoveCommitment
    | SetCertainty
    | CombineCourse
    | SeparateCourse
    | AddReservation
    | RemoveReservation
    | KeepApart
    | LetMeet
    | SitSideBySide
    | LetSitAlone
    | SetTargetSize
    | SetModuleOrder
    | SetNotAboveAlone
    | SetBudget
    | SetPriceSpread,
    Field(discriminator="kind"),
]
"""Any one change."""


def _one_or_all(draft: Draft, demand: str | None) -> list[Row]:
    return draft.rows("demands") if demand is None else [draft.row("demands", "demand", demand)]

"""What is given, record by record: companies, demand lines (counts), courses, sites, rooms, instructors, calendar, prices.

All records are frozen and closed (unknown fields are refused). Collections are sorted on entry, so that the order of rows in
a file never matters.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from cohort_opt.problem.descriptions import describe
from cohort_opt.problem.fields import (
    ALL_WEEKDAYS,
    Bool,
    Cents,
    Count,
    Date,
    FiveDigits,
    FourDigits,
    Id,
    Ids,
    Int,
    Km,
    Minutes,
    Number,
    Text,
    Weekday,
    Weekdays,
)

T = TypeVar("T")


def _sorted_by(*names: str) -> AfterValidator:
    """Return a validator that sorts a collection by these fields, so that row order never matters."""

    def key(record: Any) -> tuple[Any, ...]:
        return tuple((value is not None, value) for value in (getattr(record, name) for name in names))

    def sort(records: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(sorted(records, key=key))

    return AfterValidator(sort)


def _ascending(days: tuple[dt.date, ...]) -> tuple[dt.date, ...]:
    """Return the days in order, each once."""
    return tuple(sorted(set(days)))


def _each_once(values: tuple[T, ...]) -> tuple[T, ...]:
    """Return the values in ascending order of their text, each once: naming a pattern twice says no more than once.

    Of a block with and without `unbroken` the one that may be broken stays: it allows whatever the other does.
    """
    loosest_last = sorted(values, key=lambda value: getattr(value, "unbroken", False), reverse=True)
    return tuple(value for _, value in sorted({_pattern_key(value): value for value in loosest_last}.items()))


def _pattern_key(value: Any) -> tuple[str, int, int, str]:
    if isinstance(value, str):
        return (value, 0, 0, "")
    return (value.kind, getattr(value, "days", 0), getattr(value, "weeks", 0), value.part)


class Record(BaseModel):
    """Base of all records: frozen, closed, strict."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants", allow_inf_nan=False)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of the record, described by its docstring."""
        schema = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(core_schema, handler))
        describe(schema, [base.__doc__ for base in cls.__mro__ if base is not BaseModel and issubclass(base, BaseModel)])
        return schema


def check_order(first: dt.date, last: dt.date) -> None:
    """Refuse a period that ends before it starts, with the code `start-after-end`."""
    if first > last:
        raise PydanticCustomError("start-after-end", "the period ends before it starts")


class DatePeriod(Record):
    """A run of calendar days, both ends included, with the reason that people see.

    `first` must not lie after `last`.

    Attributes
    ----------
    first, last
        First and last day, both included; 2000 to 2100.
    name
        The reason that people see.
    """

    first: Date
    last: Date
    name: Text = "closed"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        return self

    def __contains__(self, day: dt.date) -> bool:
        """Return whether the day lies in the period."""
        return self.first <= day <= self.last


class Absence(Record):
    """Between `first` and `last` (included), `count` rooms or instructors of a pool are away.

    Attributes
    ----------
    first, last
        First and last day, both included; 2000 to 2100.
    count
        How many are away, 1 to 500.
    name
        The reason that people see.
    """

    first: Date
    last: Date
    count: Count = 1
    name: Text = "absent"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        return self


class Calendar(Record):
    """The planning horizon: classes lie wholly between `start` and `end`, never on a closed day.

    Attributes
    ----------
    start, end
        First and last day of the horizon, both included, at most 1,100 days apart.
    closed
        Public and academy holidays. Saturdays and Sundays are never teaching days.
    """

    start: Date
    end: Date
    closed: Annotated[tuple[DatePeriod, ...], Field(max_length=2_000), _sorted_by("first", "last", "name")] = ()


class Company(Record):
    """A company that sends trainees.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    municipality
        Name of the municipality, for eyes only.
    latitude, longitude
        Where its trainees start their journey, degrees (WGS 84).
    closed
        Days on which the company lets nobody go (blackout dates).
    max_away_per_day
        Most trainees that may be away at classes on one and the same day; `None` = no limit.
    max_away_per_week
        Most trainees that may be away on at least one day of the same week, Monday to Friday; `None` = no limit.
    budget_cents, budget_first, budget_last
        What its seats may cost together, over the classes that start between the two days, both included: its equal share of
        each class, rounded up to the cent. `None` = no budget; a day left out = from the first, or to the last day there is.
    """

    id: Id
    name: Text
    municipality: Text
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    closed: Annotated[tuple[DatePeriod, ...], Field(max_length=2_000), _sorted_by("first", "last", "name")] = ()
    max_away_per_day: Count | None = None
    max_away_per_week: Count | None = None
    budget_cents: Cents | None = None
    budget_first: Date | None = None
    budget_last: Date | None = None


DayPart = Literal["day", "morning", "afternoon"]
"""How much of each of its days a class takes."""
_PART_OF_ID: dict[DayPart, str] = {"day": "", "morning": "am", "afternoon": "pm"}


class Block(Record):
    """Block release: `days` consecutive working days (closed days and weekends are skipped).

    Attributes
    ----------
    kind
        `block`.
    days
        Working days in a row, 1 to 60.
    unbroken
        Whether no closed Monday to Friday may lie between its first and its last day.
    part
        Whole days (`day`), or only the `morning` or the `afternoon` of each: rooms and instructors are free in the other half.
    """

    kind: Literal["block"]
    days: Annotated[Int, Field(ge=1, le=60)]
    unbroken: Bool = False
    part: DayPart = "day"

    @property
    def id(self) -> str:
        """Return the pattern's part of a run id, for example `block5`, in the morning `block5am`."""
        return f"block{self.days}{_PART_OF_ID[self.part]}"


class DayRelease(Record):
    """Day release: one and the same weekday in `weeks` weeks (weeks in which that day is closed are skipped).

    Attributes
    ----------
    kind
        `day_release`.
    weeks
        Weeks, one day in each, 1 to 60.
    part
        Whole days (`day`), or only the `morning` or the `afternoon` of each: rooms and instructors are free in the other half.
    """

    kind: Literal["day_release"]
    weeks: Annotated[Int, Field(ge=1, le=60)]
    part: DayPart = "day"

    @property
    def id(self) -> str:
        """Return the pattern's part of a run id, for example `release10`, in the afternoon `release10pm`."""
        return f"release{self.weeks}{_PART_OF_ID[self.part]}"


class Mixed(Record):
    """Mixed release: a block, then the weekday on which it began in the weeks after its last day (closed days are skipped).

    Attributes
    ----------
    kind
        `mixed`.
    days
        Working days of the block, 1 to 60.
    weeks
        Weeks after it, one day in each, 1 to 60.
    part
        Whole days (`day`), or only the `morning` or the `afternoon` of each: rooms and instructors are free in the other half.
    """

    kind: Literal["mixed"]
    days: Annotated[Int, Field(ge=1, le=60)]
    weeks: Annotated[Int, Field(ge=1, le=60)]
    part: DayPart = "day"

    @property
    def id(self) -> str:
        """Return the pattern's part of a run id, for example `mixed5-10`."""
        return f"mixed{self.days}-{self.weeks}{_PART_OF_ID[self.part]}"


Pattern = Annotated[Block | DayRelease | Mixed, Field(discriminator="kind")]
PatternKind = Literal["block", "day_release", "mixed"]


class Course(Record):
    """A course template: what is taught, to how many, in which patterns.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    trade
        The trade that is taught.
    min_seats, max_seats
        A class of the course is closed, or holds between these numbers of trainees (both included).
    patterns
        The release patterns in which it can be given; the solver chooses.
    survival_percent, keep_min_percent
        A class starts with so many that `min_seats` of them stay with at least `keep_min_percent` (1 to 99), if each one stays
        with `survival_percent` (1 to 100) on its own; both or neither.
    show_percent
        Share of those accepted who are expected to come, 50 to 100; below 100 more are accepted than there are places, as long
        as no more than the places are expected. 100 = no over-booking.
    exam_dates, exam_within_days
        Fixed days of the exam, and how many days before one of them a class must end (1 to 366): its last day lies before the
        exam and at most so many days before it. No dates = no exam.
    practice_percent
        Share of practice in the course, 0 to 100; `None` = not told.
    needs_equipment
        What a room must have, as words that rooms use too.
    level, crebo, certificate_only
        Level of the qualification (1 to 8), its number in the register (five digits), or a certificate outside the register:
        shown with the course, and never both of the last two.
    target_seats, off_target_cents
        Wished class size, and the price of each trainee by which a class misses it, above or below; not real money. Both or
        neither.
    max_price_spread_cents
        The dearest and the cheapest seat of the course differ by at most so much (equal prices, rounded up to the cent);
        `None` = by any amount.
    """

    id: Id
    name: Text
    trade: Text
    min_seats: Count
    max_seats: Count
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1, max_length=10), AfterValidator(_each_once)]
    survival_percent: Annotated[Int, Field(ge=1, le=100)] | None = None
    keep_min_percent: Annotated[Int, Field(ge=1, le=99)] | None = None
    show_percent: Annotated[Int, Field(ge=50, le=100)] = 100
    exam_dates: Annotated[tuple[Date, ...], Field(max_length=200), AfterValidator(_ascending)] = ()
    exam_within_days: Annotated[Int, Field(ge=1, le=366)] = 28
    practice_percent: Annotated[Int, Field(ge=0, le=100)] | None = None
    needs_equipment: Ids = ()
    level: Annotated[Int, Field(ge=1, le=8)] | None = None
    crebo: FiveDigits | None = None
    certificate_only: Bool = False
    target_seats: Count | None = None
    off_target_cents: Cents = 0
    max_price_spread_cents: Cents | None = None


class Site(Record):
    """A place where classes are held (academy, centre).

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    municipality
        Name of the municipality, for eyes only.
    latitude, longitude
        Where it is, degrees (WGS 84).
    beds, boarding_cents_per_week
        Trainees who can stay overnight in any one week, and what a week costs each of them; 0 beds = nobody can.
    """

    id: Id
    name: Text
    municipality: Text
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    beds: Annotated[Int, Field(ge=0, le=10_000)] = 0
    boarding_cents_per_week: Cents = 0


class Area(Record):
    """A living area from which trainees start their journey: a four-digit postcode area and a point in it.

    Attributes
    ----------
    id
        Four digits.
    latitude, longitude
        Degrees (WGS 84).
    """

    id: FourDigits
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]


class RoomPool(Record):
    """`count` interchangeable rooms (bays) of one site, each with `seats` places; one class uses one room a day.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    site
        Id of the site.
    count
        Number of rooms, 1 to 500.
    seats
        Places in each room, 1 to 500.
    absences
        Days on which some of the rooms are not there.
    equipment
        What each of the rooms has, as words; courses may need some of it.
    """

    id: Id
    name: Text
    site: Id
    count: Count
    seats: Count
    absences: Annotated[tuple[Absence, ...], Field(max_length=2_000), _sorted_by("first", "last", "name")] = ()
    equipment: Ids = ()


class InstructorPool(Record):
    """`count` interchangeable instructors; one class needs one of them each day.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    count
        Number of instructors, 1 to 500.
    absences
        Days on which some of them are away.
    max_days_per_week
        Most class days of one instructor in one week, 1 to 5; the pool together teaches at most `count` times as many.
        `None` = no limit.
    courses
        Ids of the courses that they may teach; none named = all.
    """

    id: Id
    name: Text
    count: Count
    courses: Ids = ()
    max_days_per_week: Annotated[Int, Field(ge=1, le=5)] | None = None
    absences: Annotated[tuple[Absence, ...], Field(max_length=2_000), _sorted_by("first", "last", "name")] = ()


class CombinedCourse(Record):
    """Trainees of another course who may sit in the classes of an offering (a second level, a related trade).

    Attributes
    ----------
    course
        Id of the other course.
    max_seats
        Most trainees of that course in one class, 1 to 500.
    """

    course: Id
    max_seats: Count


class Reservation(Record):
    """Seats that are kept free for one company until a day.

    Attributes
    ----------
    company
        Id of the company.
    seats
        Seats in each class, 1 to 500.
    until
        Last day on which they are kept; later they are free to others.
    """

    company: Id
    seats: Count
    until: Date


class Offering(Record):
    """An academy offers a course at a site: resources, possible starts and prices.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    course, site
        Ids of the course and of the site.
    room, instructor
        The pools that a class takes one room and one instructor from, on each of its days.
    instructor_alternatives
        Further pools that could teach it instead; each gives runs of its own, whose ids end with the id of the pool.
    first_start, last_start, start_weekdays, every_weeks
        A run may start on each of these weekdays, in every `every_weeks`-th week counted from the week of `first_start`.
    max_parallel
        Most classes of one run at the same time, whoever of the alternatives teaches them.
    fixed_cents
        Cost of opening a class, whatever its size.
    seat_cents
        Cost per trainee in it.
    combines, own_max_seats
        Other courses whose trainees may sit in the same classes, and the most trainees of the offering's own course in one
        class (`None` = as many as fit). Size, pattern and price are those of the offering.
    reserved
        Seats kept free for companies; at most four companies.
    """

    id: Id
    course: Id
    site: Id
    room: Id
    instructor: Id
    instructor_alternatives: Ids = ()
    first_start: Date
    last_start: Date
    start_weekdays: Weekdays = (Weekday.MON,)
    every_weeks: Annotated[Int, Field(ge=1, le=52)] = 1
    max_parallel: Annotated[Int, Field(ge=1, le=50)] = 1
    fixed_cents: Cents
    seat_cents: Cents
    combines: Annotated[tuple[CombinedCourse, ...], Field(max_length=20), _sorted_by("course")] = ()
    own_max_seats: Count | None = None
    reserved: Annotated[tuple[Reservation, ...], Field(max_length=4), _sorted_by("company")] = ()


class OutsideOptions(Record):
    """What a company could do with a demand line without the others; real money only.

    Attributes
    ----------
    own_course_fixed_cents, own_course_seat_cents
        A course of its own at full price with the minimum waived: `fixed + seat * trainees`; both or neither.
    list_price_cents
        A seat elsewhere at list price, per trainee.
    travel_cents
        Journey per trainee that either of them costs.

    The third outside option, waiting, is priced by the line's `unplaced_cents`; that is not real money and is always shown
    apart.
    """

    own_course_fixed_cents: Cents | None = None
    own_course_seat_cents: Cents | None = None
    list_price_cents: Cents | None = None
    travel_cents: Cents = 0


class Demand(Record):
    """A demand line: one company asks for `count` seats in one course.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    company, course
        Ids of the company and of the course.
    count
        Number of trainees, 1 to 500.
    earliest_start, latest_start
        The class must start between these days, both included.
    weekdays
        Every day of the class must fall on one of these.
    patterns
        Kinds of release that the company accepts; `mixed` only where it is named.
    max_travel_km
        Longest acceptable single journey; 0 = only a site at the company's own door.
    max_travel_minutes
        Longest acceptable single journey in minutes, 0 to 1,440; `None` = any time.
    area
        Living area where its trainees start their journey; `None` = at the company.
    accepts_boarding
        Whether they may stay at the site during the week where the daily journey is beyond its limits: at a site with beds,
        at the site's price and one journey there and back in each week with class days.
    together
        All of the line in one class, or all of it without a seat.
    min_part
        Otherwise: at least so many of the line in each class that holds any of it.
    max_seat_price_cents
        'Only if the seat costs at most x': class cost <= x * class size; `None` = any price.
    min_practice_percent
        The course has at least this share of practice, 0 to 100; `None` = any share.
    min_class_size
        'Only if at least n come': the class holds at least so many trainees; `None` = any size.
    unplaced_cents
        Price in the objective of one trainee without a seat; `None` = `prices.unplaced_cents`. Not real money.
    certainty, probability_percent
        How sure it is that they come: the minimum of a class is met by `firm` lines alone. Without a seat a line counts at its
        probability, 1 to 100 percent: price times probability, rounded half up to the cent; a firm line has 100.
    after, min_gap_days, max_gap_days
        Id of a line of the same company, the module before this one: who sits here has a seat there, in a class whose last day
        lies so many days (1 to 1,100) before the first day here. `None` = follows nothing; no longest gap.
    not_above_alone
        Whether the line sits only where its equal share and its journeys cost at most what its trainees in that class would
        cost outside, by its cheapest outside option.
    outside
        What the company could do without the others.
    """

    id: Id
    company: Id
    course: Id
    count: Count
    earliest_start: Date
    latest_start: Date
    weekdays: Weekdays = ALL_WEEKDAYS
    patterns: Annotated[tuple[PatternKind, ...], Field(min_length=1, max_length=3), AfterValidator(_each_once)] = (
        "block",
        "day_release",
    )
    max_travel_km: Km
    max_travel_minutes: Minutes | None = None
    area: FourDigits | None = None
    accepts_boarding: Bool = False
    together: Bool = False
    min_part: Count = 1
    max_seat_price_cents: Cents | None = None
    min_practice_percent: Annotated[Int, Field(ge=0, le=100)] | None = None
    min_class_size: Count | None = None
    unplaced_cents: Cents | None = None
    certainty: Literal["firm", "likely", "maybe"] = "firm"
    probability_percent: Annotated[Int, Field(ge=1, le=100)] = 100
    after: Id | None = None
    min_gap_days: Annotated[Int, Field(ge=1, le=1_100)] = 1
    max_gap_days: Annotated[Int, Field(ge=1, le=1_100)] | None = None
    not_above_alone: Bool = False
    outside: OutsideOptions = OutsideOptions()


class Distance(Record):
    """A measured distance in km from a company or a living area to a site, which replaces the great-circle estimate.

    Attributes
    ----------
    company, area, site
        Where the journey starts, a company or an area (exactly one of them), and the site.
    km
        Road distance in whole kilometres, 0 to 2,000.
    minutes
        How long the journey takes, 0 to 1,440; `None` = from the distance, see `Prices.speed_km_per_hour`.
    """

    company: Id | None = None
    area: FourDigits | None = None
    site: Id
    km: Km
    minutes: Minutes | None = None


class Prices(Record):
    """Rates that hold for all.

    Attributes
    ----------
    travel_cents_per_km
        Per trainee and kilometre, there and back on each day of the class.
    waiting_cents_per_week
        Per trainee and whole week between the earliest start asked for and the start of the class.
    unplaced_cents
        Price of one trainee without a seat where the demand line names none.
    detour_percent
        A great-circle distance is multiplied by this to estimate the road; 130 = 30 % longer. Labelled an estimate.
    speed_km_per_hour
        A journey whose minutes are not given takes `km * 60 / speed` of them, rounded up; 5 to 130. An estimate too.
    change_cents_published, change_cents_agreed
        Price of moving one trainee out of a published or an agreed seat, at the start of the class; not real money.
    change_weeks
        The price of change rises in whole weeks from nothing, so many weeks before the start, to the full price at the start,
        rounded half up to the cent; 0 = always the full price. Counted from `planning_date`.
    frozen_weeks
        Agreed and published seats of classes that start within so many weeks of `planning_date` stay; 0 = none is frozen.
    """

    travel_cents_per_km: Annotated[Int, Field(ge=0, le=10_000)] = 0
    waiting_cents_per_week: Cents = 0
    unplaced_cents: Cents
    detour_percent: Annotated[Int, Field(ge=100, le=300)] = 130
    speed_km_per_hour: Annotated[Int, Field(ge=5, le=130)] = 50
    change_cents_published: Cents = 0
    change_cents_agreed: Cents = 0
    change_weeks: Annotated[Int, Field(ge=0, le=104)] = 0
    frozen_weeks: Annotated[Int, Field(ge=0, le=104)] = 0


class Pin(Record):
    """At least `count` trainees of the demand line must sit in the run.

    Attributes
    ----------
    demand
        Id of the demand line.
    run
        Id of the run, copied from a proposal.
    count
        At least so many of the line, 1 to 500.
    """

    demand: Id
    run: Text
    count: Count


class Ban(Record):
    """The run stays closed, or, with a demand line named, holds nobody of that line.

    Attributes
    ----------
    run
        Id of the run, copied from a proposal.
    demand
        Id of the demand line; `None` = the run stays closed to all.
    """

    run: Text
    demand: Id | None = None


class Commitment(Record):
    """Trainees of a line who have been told that they sit in a run: kept, or moved at a price.

    Attributes
    ----------
    demand
        Id of the demand line.
    run
        Id of the run, copied from a proposal; a run that can no longer be counts as moved.
    start
        First day of the run, as it was told.
    count
        How many of the line, 1 to 500.
    state
        `published` (shown to the company), `agreed` (accepted by it) or `started` (the class runs; nobody moves).
    """

    demand: Id
    run: Text
    start: Date
    count: Count
    state: Literal["published", "agreed", "started"] = "agreed"


class Apart(Record):
    """Two demand lines, or all lines of two companies, that never sit in one class (competitors, one crew).

    Attributes
    ----------
    first, second
        Ids of two demand lines, or of two companies.
    of
        Which of the two the ids name: `demands` or `companies`.
    """

    first: Id
    second: Id
    of: Literal["demands", "companies"] = "demands"


class SideBySide(Record):
    """Two demand lines of which a class holds both or neither.

    Attributes
    ----------
    first, second
        Ids of the two demand lines.
    """

    first: Id
    second: Id


class InstanceRecords(Record):
    """The fields of an instance, each collection sorted; references are not checked yet (see `Instance`).

    Attributes
    ----------
    format
        Version of this format.
    name
        As people read it, at most 200 characters.
    calendar, prices
        What holds for all.
    companies, courses, sites, rooms, instructors, offerings, demands
        The rows; their order never matters.
    areas, distances, pins, bans
        May be left out.
    planning_date
        The day on which the plan is made: commitments and reservations are seen from here. `None` = no day is known: nothing is
        frozen, every change has its full price, and every reservation stands.
    commitments, apart, side_by_side
        May be left out.
    """

    format: Literal["cohort-opt/1"] = "cohort-opt/1"
    name: Text
    calendar: Calendar
    prices: Prices
    companies: Annotated[tuple[Company, ...], Field(max_length=50_000), _sorted_by("id")]
    courses: Annotated[tuple[Course, ...], Field(max_length=5_000), _sorted_by("id")]
    sites: Annotated[tuple[Site, ...], Field(max_length=5_000), _sorted_by("id")]
    areas: Annotated[tuple[Area, ...], Field(max_length=5_000), _sorted_by("id")] = ()
    rooms: Annotated[tuple[RoomPool, ...], Field(max_length=20_000), _sorted_by("id")]
    instructors: Annotated[tuple[InstructorPool, ...], Field(max_length=20_000), _sorted_by("id")]
    offerings: Annotated[tuple[Offering, ...], Field(max_length=50_000), _sorted_by("id")]
    demands: Annotated[tuple[Demand, ...], Field(max_length=200_000), _sorted_by("id")]
    distances: Annotated[tuple[Distance, ...], Field(max_length=1_000_000), _sorted_by("company", "area", "site")] = ()
    pins: Annotated[tuple[Pin, ...], Field(max_length=50_000), _sorted_by("demand", "run")] = ()
    bans: Annotated[tuple[Ban, ...], Field(max_length=50_000), _sorted_by("run", "demand")] = ()
    planning_date: Date | None = None
    commitments: Annotated[tuple[Commitment, ...], Field(max_length=200_000), _sorted_by("demand", "run")] = ()
    apart: Annotated[tuple[Apart, ...], Field(max_length=50_000), _sorted_by("first", "second", "of")] = ()
    side_by_side: Annotated[tuple[SideBySide, ...], Field(max_length=50_000), _sorted_by("first", "second")] = ()

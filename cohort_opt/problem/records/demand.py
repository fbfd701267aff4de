"""What a company asks for, and what it could do without the others."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cohort_opt.problem.fields import ALL_WEEKDAYS, Bool, Cents, Count, Date, FourDigits, Id, Int, Km, Minutes, Weekdays
from cohort_opt.problem.records.pattern import PatternKind
from cohort_opt.problem.records.record import Record, each_once


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
    buffer_site
        Workshop where its trainees, who have no work yet, keep busy from the week of the earliest start until their class starts:
        each takes one of its buffer seats in each of these weeks. `None` = they wait where they are.
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
    support_seats, support_cents_per_day, support_cents_once
        Functional support that comes with the line into each class that holds any of it: seats it takes beside the trainees
        (0 to 20), what it costs per class day and once per class. Never why it is needed.
    """

    id: Id
    company: Id
    course: Id
    count: Count
    earliest_start: Date
    latest_start: Date
    weekdays: Weekdays = ALL_WEEKDAYS
    patterns: Annotated[tuple[PatternKind, ...], Field(min_length=1, max_length=3), AfterValidator(each_once)] = (
        "block",
        "day_release",
    )
    max_travel_km: Km
    max_travel_minutes: Minutes | None = None
    area: FourDigits | None = None
    accepts_boarding: Bool = False
    buffer_site: Id | None = None
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
    support_seats: Annotated[Int, Field(ge=0, le=20)] = 0
    support_cents_per_day: Cents = 0
    support_cents_once: Cents = 0

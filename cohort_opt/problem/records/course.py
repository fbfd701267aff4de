"""A course template: what is taught, to how many, in which patterns."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from cohort_opt.problem.fields import Bool, Cents, Count, Date, FiveDigits, Id, Ids, Int, Text
from cohort_opt.problem.records.pattern import Pattern
from cohort_opt.problem.records.record import Record, ascending, each_once


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
    merge_from_week
        From this week of the class on (2 to 60) the parallel classes of one run, thinned by then, go on as one class: they start
        smaller, with `min_seats` each, as long as they start together with enough that `min_seats` stay, and no more than the
        places are expected to stay. Rooms and instructors stay booked for all of them. `None` = no merge is planned.
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
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1, max_length=10), AfterValidator(each_once)]
    survival_percent: Annotated[Int, Field(ge=1, le=100)] | None = None
    keep_min_percent: Annotated[Int, Field(ge=1, le=99)] | None = None
    merge_from_week: Annotated[Int, Field(ge=2, le=60)] | None = None
    show_percent: Annotated[Int, Field(ge=50, le=100)] = 100
    exam_dates: Annotated[tuple[Date, ...], Field(max_length=200), AfterValidator(ascending)] = ()
    exam_within_days: Annotated[Int, Field(ge=1, le=366)] = 28
    practice_percent: Annotated[Int, Field(ge=0, le=100)] | None = None
    needs_equipment: Ids = ()
    level: Annotated[Int, Field(ge=1, le=8)] | None = None
    crebo: FiveDigits | None = None
    certificate_only: Bool = False
    target_seats: Count | None = None
    off_target_cents: Cents = 0
    max_price_spread_cents: Cents | None = None

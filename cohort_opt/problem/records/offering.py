"""What an academy offers: a course at a site with its resources, starts and prices."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort_opt.problem.fields import Cents, Count, Date, Id, Ids, Int, Weekday, Weekdays
from cohort_opt.problem.records.record import Record, sorted_by


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
    combines: Annotated[tuple[CombinedCourse, ...], Field(max_length=20), sorted_by("course")] = ()
    own_max_seats: Count | None = None
    reserved: Annotated[tuple[Reservation, ...], Field(max_length=4), sorted_by("company")] = ()

"""Rooms and instructors that classes take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort_opt.problem.fields import Cents, CentsPerKm, Count, Id, Ids, Int, Minutes, Text
from cohort_opt.problem.records.calendar import Absence
from cohort_opt.problem.records.record import Record, sorted_by


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
    hire_cents_per_half_day
        What a hired room costs for each half day on which a class uses it, a whole day being two; it is part of what the class
        costs. 0 = no hire.
    owner
        Id of the company whose rooms they are; `None` = the academy's. Read only where the plan's cost is shared.
    """

    id: Id
    name: Text
    site: Id
    count: Count
    seats: Count
    absences: Annotated[tuple[Absence, ...], Field(max_length=2_000), sorted_by("first", "last", "name")] = ()
    equipment: Ids = ()
    hire_cents_per_half_day: Cents = 0
    owner: Id | None = None


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
    max_minutes_between_sites
        Longest journey from a class in the morning at one site to a class in the afternoon at another that one of them makes,
        0 to 1,440; `None` = any.
    base, travel_cents_per_km
        Id of the site where they are at home, and what a kilometre costs there and back on each day of a class elsewhere; it is
        part of what the class costs. `None` and 0 = they travel for nothing.
    owner
        Id of the company that employs them; `None` = the academy. Read only where the plan's cost is shared.
    """

    id: Id
    name: Text
    count: Count
    courses: Ids = ()
    max_days_per_week: Annotated[Int, Field(ge=1, le=5)] | None = None
    max_minutes_between_sites: Minutes | None = None
    base: Id | None = None
    travel_cents_per_km: CentsPerKm = 0
    absences: Annotated[tuple[Absence, ...], Field(max_length=2_000), sorted_by("first", "last", "name")] = ()
    owner: Id | None = None

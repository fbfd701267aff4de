"""Small instances with names, and builders of single records. Every figure is simple enough to be worked out by hand.

All of them play in March to June 2027; 2027-03-01 is a Monday. Import with `from tests.builders import make_instance`.
"""

import datetime as dt
from typing import Any

from cohort_opt.problem.fields import Weekday
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import (
    Absence,
    Ban,
    Block,
    Calendar,
    Company,
    Course,
    DatePeriod,
    DayRelease,
    Demand,
    Distance,
    InstructorPool,
    Offering,
    OutsideOptions,
    Pin,
    Prices,
    RoomPool,
    Site,
)

MONDAY = dt.date(2027, 3, 1)
"""First day of the calendar of every instance here."""


def day(weeks: int = 0, days: int = 0) -> dt.date:
    """Return the day so many weeks and days after the first Monday."""
    return MONDAY + dt.timedelta(weeks=weeks, days=days)


def company(company_id: str = "acme", **changes: Any) -> Company:
    """Return a company that stands in Rotterdam and sends whom it likes."""
    base = {"id": company_id, "name": company_id.title(), "municipality": "Rotterdam", "latitude": 51.92, "longitude": 4.48}
    return Company(**{**base, **changes})


def course(course_id: str = "drilling", **changes: Any) -> Course:
    """Return a course of five days in one block, for 8 to 12 trainees."""
    base = {"id": course_id, "name": course_id.title(), "trade": "concrete", "min_seats": 8, "max_seats": 12,
            "patterns": (block(5),)}  # fmt: skip
    return Course(**{**base, **changes})


def block(days: int) -> Block:
    """Return a block release of so many working days."""
    return Block(kind="block", days=days)


def unbroken_block(days: int) -> Block:
    """Return a block release of so many working days without a holiday in between."""
    return Block(kind="block", days=days, unbroken=True)


def release(weeks: int) -> DayRelease:
    """Return a day release of so many weeks."""
    return DayRelease(kind="day_release", weeks=weeks)


def site(site_id: str = "academy", **changes: Any) -> Site:
    """Return a site in Rotterdam."""
    base = {"id": site_id, "name": site_id.title(), "municipality": "Rotterdam", "latitude": 51.92, "longitude": 4.48}
    return Site(**{**base, **changes})


def room(room_id: str = "bay", **changes: Any) -> RoomPool:
    """Return a pool of one room with 12 seats at the academy."""
    base = {"id": room_id, "name": room_id.title(), "site": "academy", "count": 1, "seats": 12}
    return RoomPool(**{**base, **changes})


def instructor(instructor_id: str = "crew", **changes: Any) -> InstructorPool:
    """Return a pool of one instructor."""
    return InstructorPool(**{"id": instructor_id, "name": instructor_id.title(), "count": 1, **changes})


def offering(offering_id: str = "drilling-academy", **changes: Any) -> Offering:
    """Return the course drilling at the academy, with one possible start on the first Monday, at 9,500 + 185 a seat."""
    base = {"id": offering_id, "course": "drilling", "site": "academy", "room": "bay", "instructor": "crew",
            "first_start": MONDAY, "last_start": MONDAY, "fixed_cents": 950_000, "seat_cents": 18_500}  # fmt: skip
    return Offering(**{**base, **changes})


def demand(demand_id: str = "acme-drilling", company_id: str = "", course_id: str = "drilling", **changes: Any) -> Demand:
    """Return five trainees of the company that the id begins with; they may start any day of the first eight weeks."""
    base = {"id": demand_id, "company": company_id or demand_id.split("-")[0], "course": course_id, "count": 5,
            "earliest_start": MONDAY, "latest_start": day(weeks=8), "max_travel_km": 100}  # fmt: skip
    return Demand(**{**base, **changes})


def calendar(**changes: Any) -> Calendar:
    """Return the calendar March to June 2027 without a holiday."""
    return Calendar(**{"start": MONDAY, "end": dt.date(2027, 6, 30), **changes})


def prices(**changes: Any) -> Prices:
    """Return 20 cents per km, 1,000 cents per week of waiting, 1,000,000 cents per trainee without a seat."""
    base = {"travel_cents_per_km": 20, "waiting_cents_per_week": 1_000, "unplaced_cents": 1_000_000}
    return Prices(**{**base, **changes})


def make_instance(**changes: Any) -> Instance:
    """Return the base instance `two_companies_one_class` with whole collections replaced.

    `make_instance(demands=[demand(count=8)])` keeps everything else. A collection that no longer refers to anything known is
    refused by the instance itself, so give `companies`, `distances` and `demands` together where ids change.
    """
    base: dict[str, Any] = {
        "name": "two companies, one class",
        "calendar": calendar(),
        "prices": prices(),
        "companies": [company("acme"), company("bolt", municipality="Schiedam")],
        "courses": [course()],
        "sites": [site()],
        "rooms": [room()],
        "instructors": [instructor()],
        "offerings": [offering()],
        "demands": [demand("acme-drilling", count=5), demand("bolt-drilling", count=4)],
        "distances": [Distance(company="acme", site="academy", km=10), Distance(company="bolt", site="academy", km=20)],
    }
    return Instance(**{name: _as_tuple(value) for name, value in {**base, **changes}.items()})


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


RUN = "drilling-academy/2027-03-01/block5"
"""The one run of `two_companies_one_class`."""


def two_companies_one_class() -> Instance:
    """Return 5 + 4 trainees who fill one class of 8 to 12 together and none alone.

    One run, Monday to Friday of the first week. The optimum is unique: open it with all nine.
    fixed 950,000 + seats 9 x 18,500 = 166,500 + journeys 5 x 10 km x 2 x 5 days x 20 = 10,000 and
    4 x 20 km x 2 x 5 days x 20 = 16,000; nobody waits: 1,142,500 cents in all.
    """
    return make_instance()


def too_few_for_a_class() -> Instance:
    """Return 4 + 3 trainees where the minimum is 8: the class stays closed, all seven wait: 7,000,000 cents."""
    return make_instance(name="too few for a class", demands=[demand("acme-drilling", count=4), demand("bolt-drilling", count=3)])


def gap_number() -> Instance:
    """Return 9 + 5 = 14 trainees and two runs of 8 to 12: 12 are placed, 2 wait.

    Both runs together need 16. One full class: 950,000 + 12 x 18,500 = 1,172,000, journeys 0, waiting 0, and 2 x 1,000,000
    for those without a seat: 3,172,000 cents.
    """
    return make_instance(
        name="gap number",
        demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=5)],
        offerings=[offering(last_start=day(weeks=1))],
        prices=prices(travel_cents_per_km=0, waiting_cents_per_week=0),
    )


def two_classes_one_bay() -> Instance:
    """Return 2 x 8 trainees, two courses, and one bay and one instructor: the classes follow each other.

    Drilling and sawing may both start in week 0 or 1. Each class: 950,000 + 8 x 18,500 = 1,098,000. One of them starts a week
    later: 8 x 1,000 cents of waiting. Journeys are free: 2,204,000 cents.
    """
    last = day(weeks=1)
    return make_instance(
        name="two classes, one bay",
        courses=[course("drilling"), course("sawing")],
        offerings=[offering(last_start=last), offering("sawing-academy", course="sawing", last_start=last)],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
        prices=prices(travel_cents_per_km=0),
    )


def everything_switched_on() -> Instance:
    """Return a small instance in which every rule of the format stands at least once (no value is promised for it)."""
    return make_instance(
        name="everything switched on",
        calendar=calendar(closed=(DatePeriod(first=day(weeks=4), last=day(weeks=4), name="Easter Monday"),)),
        companies=[
            company("acme", max_away_per_day=6),
            company("bolt", closed=(DatePeriod(first=day(weeks=1), last=day(weeks=1, days=4), name="stocktaking"),)),
            company("cito"),
        ],
        courses=[course("drilling", patterns=(block(5), release(5)), min_seats=4), course("sawing", min_seats=3)],
        rooms=[room(count=2, absences=(Absence(first=day(weeks=2), last=day(weeks=2, days=2), name="repair"),))],
        instructors=[instructor(count=2, absences=(Absence(first=day(weeks=3), last=day(weeks=3, days=4)),))],
        offerings=[
            offering(last_start=day(weeks=5), start_weekdays=(Weekday.MON, Weekday.WED), max_parallel=2),
            offering("sawing-academy", course="sawing", last_start=day(weeks=6), every_weeks=2),
        ],
        demands=[
            demand("acme-drilling", count=5, together=True),
            demand("bolt-drilling", count=6, min_part=2, weekdays=(Weekday.MON, Weekday.TUE, Weekday.WED)),
            demand("cito-drilling", count=4, max_seat_price_cents=180_000, patterns=("block",)),
            demand("acme-sawing", course_id="sawing", count=3, earliest_start=day(weeks=1), unplaced_cents=400_000),
            demand("bolt-sawing", course_id="sawing", count=2, latest_start=day(weeks=4)),
            demand("cito-sawing", course_id="sawing", count=3, max_travel_km=30, outside=OutsideOptions(list_price_cents=90_000)),
        ],
        distances=[Distance(company=c, site="academy", km=km) for c, km in (("acme", 10), ("bolt", 20), ("cito", 30))],
        pins=[Pin(demand="acme-sawing", run="sawing-academy/2027-03-15/block5", count=1)],
        bans=[Ban(run="drilling-academy/2027-03-01/block5"), Ban(run="sawing-academy/2027-04-12/block5", demand="bolt-sawing")],
    )

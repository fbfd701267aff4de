"""Two companies with five and four trainees: neither fills a class of eight, together they do.

Everything is made from records here; the other examples read a file.
"""

import datetime as dt

from cohort_opt import (
    Block,
    Calendar,
    Company,
    Course,
    Demand,
    Instance,
    InstructorPool,
    Offering,
    OutsideOptions,
    Prices,
    RoomPool,
    Site,
    propose,
    summary_table,
)

MONDAY = dt.date(2027, 3, 1)


def company(company_id: str, municipality: str, latitude: float, longitude: float) -> Company:
    """Return an invented company."""
    name = f"Example {company_id.title()} Drilling"
    return Company(id=company_id, name=name, municipality=municipality, latitude=latitude, longitude=longitude)


def demand(company_id: str, count: int) -> Demand:
    """Return the seats that a company asks for; alone it would pay for a course of its own."""
    own_course = OutsideOptions(own_course_fixed_cents=950_000, own_course_seat_cents=18_500)
    return Demand(
        id=f"{company_id}-drilling", company=company_id, course="drilling", count=count, earliest_start=MONDAY,
        latest_start=MONDAY + dt.timedelta(weeks=4), max_travel_km=40, outside=own_course,
    )  # fmt: skip


def pool_of_two() -> Instance:
    """Return the instance: one course, one bay, one instructor, one possible start."""
    return Instance(
        name="Two companies, one class",
        calendar=Calendar(start=MONDAY, end=dt.date(2027, 4, 30)),
        prices=Prices(travel_cents_per_km=23, unplaced_cents=250_000),
        companies=(company("alder", "Rotterdam", 51.93, 4.47), company("birch", "Schiedam", 51.92, 4.39)),
        courses=(
            Course(
                id="drilling", name="Concrete drilling", trade="concrete cutting", min_seats=8, max_seats=12,
                patterns=(Block(kind="block", days=5),),
            ),
        ),
        sites=(Site(id="academy", name="Example Academy", municipality="Rotterdam", latitude=51.89, longitude=4.43),),
        rooms=(RoomPool(id="bay", name="Bay", site="academy", count=1, seats=12),),
        instructors=(InstructorPool(id="crew", name="Instructor", count=1),),
        offerings=(
            Offering(
                id="drilling-academy", course="drilling", site="academy", room="bay", instructor="crew",
                first_start=MONDAY, last_start=MONDAY, fixed_cents=950_000, seat_cents=18_500,
            ),
        ),
        demands=(demand("alder", 5), demand("birch", 4)),
    )  # fmt: skip


if __name__ == "__main__":
    instance = pool_of_two()
    print(summary_table(instance, propose(instance)))

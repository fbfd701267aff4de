"""Class rows: what is derived in the row of a class follows from the class and the instance.

id = run#number,  end = last day,  size = sum of seats,  min_seats = course's
max_seats = floor(100 * min(course's, seats of the room) / show_percent)
cost_cents = fixed_cents + seat_cents * size,  seat_price_cents = ceil(cost_cents / size)
company of a member = company of its demand line
"""

from collections.abc import Iterator

from cohort_opt.proposal import ClassEntry
from cohort_opt.verification.case import Case
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "class_rows"


def needs_plan() -> bool:
    """Rows of classes stand in a plan."""
    return True


def check(hearing: Hearing) -> Findings:
    """Yield once for each derived field of each class and once for each of its members."""
    if hearing.case is None:
        return
    for entry in hearing.entries:
        for name, expected in _derived(hearing.case, entry):
            said = getattr(entry, name)
            message = f"Class[{entry.id}]: {name} {said}, by the instance it is {expected}"
            yield None if said == expected else Violation(CLAIM, f"{entry.id}/{name}", message)
        for seats in entry.members:
            company = hearing.company_of[seats.demand]
            message = f"Class[{entry.id}]: Demand[{seats.demand}] is listed under {seats.company}, it belongs to {company}"
            yield None if seats.company == company else Violation(CLAIM, f"{entry.id},{seats.demand}", message)


def _derived(case: Case, entry: ClassEntry) -> Iterator[tuple[str, object]]:
    course, room, offering = case.given.courses[entry.course], case.given.rooms[entry.room], case.given.offerings[entry.offering]
    size = sum(seats.count for seats in entry.members)
    cost = case.given.class_fixed_cents(entry) + offering.seat_cents * size
    yield "id", f"{entry.run}#{entry.number}"
    yield "end", entry.dates[-1]
    yield "min_seats", course.min_seats
    yield "max_seats", 100 * min(course.max_seats, room.seats) // course.show_percent
    yield "size", size
    yield "cost_cents", cost
    if size:
        yield "seat_price_cents", -(-cost // size)

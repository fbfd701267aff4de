"""The statement a company gets for a class: five lines about its own price that name no class size and no other company."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt.cost_sharing.bands import ListedPrice
from cohort_opt.cost_sharing.outside import real_outside_cents
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.solution import PlannedClass


@dataclass(frozen=True, slots=True)
class Statement:
    """What one company reads about its seats in one class; `lines` are five sentences."""

    class_id: str
    company: str
    lines: tuple[str, str, str, str, str]


def company_statement(instance: Instance, planned: PlannedClass, price: ListedPrice) -> Statement:
    """Return the statement of a company for its seats in a class.

    Everything in it follows from the company's own lines, the public dates of the class and the price list: two plans that
    differ in the counts of others within one band give the same statement.

    Parameters
    ----------
    price
        What the company pays by the list (see `bands.listed_prices`).
    """
    course = next(c.name for c in instance.courses if c.id == planned.course)
    ways, demands = Journeys.of(instance), {demand.id: demand for demand in instance.demands}
    own = [(m, demands[m.demand]) for m in planned.members if demands[m.demand].company == price.company]
    journeys = sum(m.count * ways.cents(demand, planned.site, planned.dates) for m, demand in own)
    return Statement(
        planned.id,
        price.company,
        (
            f"Your price: {_seats(price.seats)} in {course} from {planned.start.isoformat()} "
            f"at {_euros(price.seat_price_cents)} each, {_euros(price.price_cents)} in all.",
            f"Your journeys are not in it: {_euros(journeys)} for {_seats(price.seats)}, an estimate at the agreed rate.",
            _alone_line(instance, planned, price, journeys),
            "How it was made: the academy's price list for this course has one price per seat for each band of class sizes; "
            "everybody in a class pays by the same list, at most its own price cap.",
            "What would change it: another number of seats of your own, another class, or another band of the list; "
            "never another company's share.",
        ),
    )


def _alone_line(instance: Instance, planned: PlannedClass, price: ListedPrice, journeys: int) -> str:
    """Return the line that sets alone against together; lines without an outside option in money would wait."""
    demands = {d.id: d for d in instance.demands if d.company == price.company}
    members = [(demands[m.demand], m.count) for m in planned.members if m.demand in demands]
    options = [real_outside_cents(demand, count) for demand, count in members]
    waiting = sum(count for (_, count), option in zip(members, options, strict=True) if option is None)
    if waiting == price.seats:
        return "Alone against together: you gave no outside option, so without this class your trainees would wait."
    alone = sum(option for option in options if option is not None)
    if waiting:
        return (
            f"Alone against together: the outside options that you gave cost {_euros(alone)} for "
            f"{_seats(price.seats - waiting)}; for {_seats(waiting)} you gave none."
        )
    together = price.price_cents + journeys
    word = "saves" if together <= alone else "costs more by"
    return (
        f"Alone against together: your cheapest outside option costs {_euros(alone)}, this class with journeys "
        f"{_euros(together)}; together {word} {_euros(abs(alone - together))}."
    )


def _seats(count: int) -> str:
    return "1 seat" if count == 1 else f"{count} seats"


def _euros(cents: int) -> str:
    return f"EUR {cents // 100:,}.{cents % 100:02d}"

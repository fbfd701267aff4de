"""What trainees of one demand line would cost without the others: the outside options, which are data of the line."""

from __future__ import annotations

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rates import unplaced_price_cents
from cohort_opt.problem.records import Demand


def real_outside_cents(demand: Demand, trainees: int) -> int | None:
    """Return the cheapest outside option in real money for so many trainees of the line; `None` if the line has none.

    A course of its own costs `fixed + seat * trainees` (its minimum is waived), a seat elsewhere its list price, and either
    one its journey. Part in one and part in the other is never cheaper than the better of both, since the fixed cost is paid
    from the first trainee on and both seats have a constant price.
    """
    outside = demand.outside
    options = []
    if outside.own_course_fixed_cents is not None and outside.own_course_seat_cents is not None:
        options.append(outside.own_course_fixed_cents + outside.own_course_seat_cents * trainees)
    if outside.list_price_cents is not None:
        options.append(outside.list_price_cents * trainees)
    if not options:
        return None
    return 0 if trainees == 0 else min(options) + outside.travel_cents * trainees


def waiting_price_cents(instance: Instance, demand: Demand, trainees: int) -> int:
    """Return the price of leaving so many trainees of the line without a seat; not real money."""
    return unplaced_price_cents(instance, demand) * trainees


def outside_cents(instance: Instance, demand: Demand, trainees: int) -> int:
    """Return the cheapest of all outside options, waiting at its price included."""
    waiting = waiting_price_cents(instance, demand, trainees)
    real = real_outside_cents(demand, trainees)
    return waiting if real is None else min(real, waiting)

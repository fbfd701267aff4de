"""Stand-alone price: a line that asks for it pays in a class, journeys included, at most what it would pay outside.

(class_fixed_cents + seat_cents * size) * k + journey * k * size <= cheapest outside option of k trainees * size

for every class that holds k of the line. Outside: a course of its own (fixed + seat * k) or a seat elsewhere (list price * k),
either with the journeys there (travel * k).
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
from cohort_opt.verification.case import Case
from cohort_opt.verification.objective import journey_cents
from cohort_opt.verification.violation import Findings, Violation

RULE = "stand_alone_price"


def applies(instance: Instance) -> bool:
    """Whether a line asks for it."""
    return any(demand.not_above_alone for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership of a line that asks for it."""
    sizes = {planned.id: planned.size for planned in case.solution.classes}
    for planned, demand, count in case.seated:
        if not demand.not_above_alone:
            continue
        offering, size = case.given.offerings[planned.offering], sizes[planned.id]
        share = (case.given.class_fixed_cents(planned) + offering.seat_cents * size) * count
        journeys, alone = journey_cents(case, planned, demand) * count, _outside(demand, count)
        message = (
            f"Class[{planned.id}]: {count} trainees of Demand[{demand.id}] pay {-(-share // size)} cents and {journeys} for "
            f"journeys, outside they would pay {alone}"
        )
        yield None if share + journeys * size <= alone * size else Violation(RULE, f"{planned.id},{demand.id}", message)


def _outside(demand: Demand, k: int) -> int:
    outside = demand.outside
    own, seat, listed = outside.own_course_fixed_cents, outside.own_course_seat_cents, outside.list_price_cents
    prices = [] if own is None or seat is None else [own + seat * k]
    prices += [] if listed is None else [listed * k]
    return min(prices) + k * outside.travel_cents

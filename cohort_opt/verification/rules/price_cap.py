"""Price cap: a line with 'only if the seat costs at most x' sits only in classes whose equal price per seat is at most x.

class_fixed_cents + seat_cents[offering] * size <= max_seat_price_cents[d] * size    for every class that holds any of d

class_fixed_cents = fixed_cents[offering] + hire_cents_per_half_day[room] * half days of the class
                    + 2 * km(base, site) * travel_cents_per_km[instructors] * days of the class, if their base is elsewhere
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "price_cap"


def applies(instance: Instance) -> bool:
    """Whether a line has a price cap."""
    return any(demand.max_seat_price_cents is not None for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each membership of a line with a cap."""
    sizes = {planned.id: planned.size for planned in case.solution.classes}
    for planned, demand, count in case.seated:
        if demand.max_seat_price_cents is None:
            continue
        offering, size = case.given.offerings[planned.offering], sizes[planned.id]
        cost = case.given.class_fixed_cents(planned) + offering.seat_cents * size
        if cost <= demand.max_seat_price_cents * size:
            yield None
            continue
        message = (
            f"Class[{planned.id}]: {cost} cents for {size} trainees make {-(-cost // size)} a seat, above the cap of "
            f"{demand.max_seat_price_cents} of Demand[{demand.id}] ({count} trainees)"
        )
        yield Violation(RULE, f"{planned.id},{demand.id}", message)

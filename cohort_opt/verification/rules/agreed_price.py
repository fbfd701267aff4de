"""Agreed price: while a line sits in the run for which a price was agreed, a seat there costs at most that, whoever joins.

class_fixed_cents + seat_cents[offering] * size <= seat_price_cents[commitment] * size

for every class of the run that holds any of the line, for every commitment with an agreed price that is not started or frozen.
Seats that are frozen stay in any case: what their agreed price does not cover is borne as it was declared (see `leaving`).
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.changes import is_frozen
from cohort_opt.verification.violation import Findings, Violation

RULE = "agreed_price"


def applies(instance: Instance) -> bool:
    """Whether a price was agreed."""
    return any(held.seat_price_cents is not None for held in instance.commitments)


def check(case: Case) -> Findings:
    """Yield once for each class that holds any of a line whose price there was agreed."""
    for held in case.instance.commitments:
        price = held.seat_price_cents
        if price is None or is_frozen(case, held):
            continue
        for planned in case.solution.classes:
            if planned.run != held.run or all(member.demand != held.demand for member in planned.members):
                continue
            offering, size = case.given.offerings[planned.offering], planned.size
            cost = case.given.class_fixed_cents(planned) + offering.seat_cents * size
            message = (
                f"Class[{planned.id}]: {cost} cents for {size} trainees make {-(-cost // size)} a seat, above the {price} that "
                f"were agreed with Demand[{held.demand}]"
            )
            yield None if cost <= price * size else Violation(RULE, f"{planned.id},{held.demand}", message)

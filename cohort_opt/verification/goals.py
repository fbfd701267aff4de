"""What a plan reaches of each ordered goal, counted from the plan and the raw rates.

placed  = trainees without a seat           changes = price of moved seats
cost    = fixed and seat prices             travel  = journeys and boarding
spread  = sum over courses of the dearest less the cheapest equal seat price of its classes, each rounded up to the cent
"""

from collections import defaultdict

from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.verification.case import Case


def goal_value(name: str, case: Case, terms: ObjectiveTerms) -> int:
    """Return the value of one goal; the smaller, the better."""
    if name == "placed":
        return sum(row.count for row in case.solution.unplaced)
    if name == "changes":
        return terms.changes
    if name == "cost":
        return terms.class_fixed + terms.seats
    return terms.travel + terms.boarding if name == "travel" else _spread(case)


def _spread(case: Case) -> int:
    prices: dict[str, list[int]] = defaultdict(list)
    for planned in case.solution.classes:
        offering = case.given.offerings[planned.offering]
        whole, rest = divmod(case.given.class_fixed_cents(planned), max(planned.size, 1))
        prices[planned.course].append(whole + (rest > 0) + offering.seat_cents)
    return sum(max(found) - min(found) for found in prices.values())

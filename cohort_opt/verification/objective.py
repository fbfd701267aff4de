"""What a plan costs, term by term, in whole cents from the raw rates: Python integers, so that nothing can overflow or round.

class_fixed = sum over classes of fixed_cents[offering]
seats       = sum over classes of seat_cents[offering] * size
travel      = sum over memberships of count * 2 * km * number of days * travel_cents_per_km
waiting     = sum over memberships of count * floor((start - earliest_start) in days / 7) * waiting_cents_per_week
unplaced    = sum over rows without a seat of count * price of the line
"""

from collections.abc import Iterable

from cohort_opt.problem.records import Demand
from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.solution import Member, PlannedClass
from cohort_opt.verification.case import Case


def objective_terms(case: Case) -> ObjectiveTerms:
    """Return the terms of a well-formed plan."""
    classes = [(planned, case.given.offerings[planned.offering]) for planned in case.solution.classes]
    return ObjectiveTerms(
        class_fixed=sum(offering.fixed_cents for _, offering in classes),
        seats=sum(offering.seat_cents * planned.size for planned, offering in classes),
        travel=sum(count * journey_cents(case, planned, demand) for planned, demand, count in case.seated),
        waiting=sum(count * waiting_cents(case, planned, demand) for planned, demand, count in case.seated),
        unplaced=unplaced_cents(case, case.solution.unplaced),
    )


def class_cents(case: Case, planned: PlannedClass) -> int:
    """Return what one class adds to the objective: fixed, seats, journeys and waiting of its members."""
    cents = case.given.offerings[planned.offering].fixed_cents
    for member in planned.members:
        cents += member.count * seat_for_one_cents(case, planned, case.given.demands[member.demand])
    return cents


def seat_for_one_cents(case: Case, planned: PlannedClass, demand: Demand) -> int:
    """Return what one trainee of the line in the class adds to the objective: seat, journeys and waiting."""
    seat = case.given.offerings[planned.offering].seat_cents
    return seat + journey_cents(case, planned, demand) + waiting_cents(case, planned, demand)


def unplaced_cents(case: Case, rows: Iterable[Member]) -> int:
    """Return the price of these trainees without a seat."""
    return sum(row.count * case.given.unplaced_price_cents(case.given.demands[row.demand]) for row in rows)


def total_cents(terms: ObjectiveTerms) -> int:
    """Return the sum of the terms."""
    return terms.class_fixed + terms.seats + terms.travel + terms.waiting + terms.unplaced


def journey_cents(case: Case, planned: PlannedClass, demand: Demand) -> int:
    """Return what the journeys of one trainee of the line to all days of the class cost."""
    km = case.given.travel_km(demand.company, planned.site)
    return 2 * km * len(planned.dates) * case.instance.prices.travel_cents_per_km


def waiting_cents(case: Case, planned: PlannedClass, demand: Demand) -> int:
    """Return the price of the whole weeks that one trainee of the line waits for the class."""
    weeks = (planned.start - demand.earliest_start).days // 7
    return weeks * case.instance.prices.waiting_cents_per_week

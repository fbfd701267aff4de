"""One seat per trainee: every trainee has one seat in a class of the course asked for, or is counted as without a seat.

sum over classes of seats[d, class] + unplaced[d] = count[d]        for every demand line d
course of the class = course of d                                   for every class that holds any of d
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "one_seat_per_trainee"


def applies(instance: Instance) -> bool:
    """Whether anybody asked for a seat."""
    return bool(instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each demand line and once for each membership."""
    for demand in case.instance.demands:
        seats = sum(count for _, count in case.seats_by_demand.get(demand.id, ()))
        waiting = case.without_seat.get(demand.id, 0)
        if seats + waiting == demand.count:
            yield None
        else:
            message = (
                f"Demand[{demand.id}]: {seats} seats and {waiting} without a seat make {seats + waiting} trainees, "
                f"the line asks for {demand.count}"
            )
            yield Violation(RULE, demand.id, message)
    for planned, demand, count in case.seated:
        others = {other.course for other in case.given.offerings[planned.offering].combines}
        if planned.course == demand.course or demand.course in others:
            yield None
        else:
            message = (
                f"Class[{planned.id}]: it teaches {planned.course}, but {count} trainees of Demand[{demand.id}] "
                f"asked for {demand.course}"
            )
            yield Violation(RULE, f"{planned.id},{demand.id}", message)

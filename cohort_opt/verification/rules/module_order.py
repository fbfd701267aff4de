"""Module order: every trainee of a following line who sits in a class has a seat in the first line, at the right distance.

min_gap_days <= first day of the following class - last day of the first class <= max_gap_days

Trainees are counts: the rule holds if each seat of the following line can be given a seat of the first line, each used once, so
that every pair keeps the gap. Seats are given in turn, and taken back along a chain where that helps (bipartite matching by
augmenting chains, Kuhn 1955, 10.1002/nav.3800020109), one seat at a time.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "module_order"


def applies(instance: Instance) -> bool:
    """Whether a line follows another."""
    return any(demand.after is not None for demand in instance.demands)


def check(case: Case) -> Findings:
    """Yield once for each line that follows another."""
    for demand in case.instance.demands:
        if demand.after is None:
            continue
        following = [planned for planned, count in case.seats_by_demand.get(demand.id, ()) for _ in range(count)]
        first = [planned for planned, count in case.seats_by_demand.get(demand.after, ()) for _ in range(count)]
        served = _served(demand, first, following)
        message = (
            f"Demand[{demand.id}]: of its {len(following)} seats only {served} follow a seat of Demand[{demand.after}] by "
            f"{demand.min_gap_days} to {demand.max_gap_days or 'any number of'} days"
        )
        yield None if served == len(following) else Violation(RULE, demand.id, message)


def _keeps_gap(demand: Demand, first: PlannedClass, following: PlannedClass) -> bool:
    days = (following.dates[0] - first.dates[-1]).days
    return days >= demand.min_gap_days and (demand.max_gap_days is None or days <= demand.max_gap_days)


def _served(demand: Demand, first: list[PlannedClass], following: list[PlannedClass]) -> int:
    """Return the most seats of the following line that can be given one of the first line each."""
    user: dict[int, int] = {}

    def give(seat: int, seen: set[int]) -> bool:
        for number, planned in enumerate(first):
            if number in seen or not _keeps_gap(demand, planned, following[seat]):
                continue
            seen.add(number)
            if number not in user or give(user[number], seen):
                user[number] = seat
                return True
        return False

    return sum(give(seat, set()) for seat in range(len(following)))

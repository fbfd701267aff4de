"""What a plan costs, term by term, in whole cents from the raw rates: Python integers, so that nothing can overflow or round.

class_fixed = sum over classes of fixed_cents[offering], hire_cents_per_half_day[room] * half days, and
              2 * km(base, site) * travel_cents_per_km[pool] * number of days
seats       = sum over classes of seat_cents[offering] * size
travel      = sum over memberships of count * 2 * km * number of days (of weeks, who stays there) * travel_cents_per_km
boarding    = sum over memberships of those who stay at the site of count * number of weeks * boarding_cents_per_week[site]
waiting     = sum over memberships of count * floor((start - earliest_start) in days / 7) * waiting_cents_per_week
unplaced    = sum over rows without a seat of count * price of the line, at its probability
changes     = sum over agreed seats that are not kept of the price of change (see `changes`)
off_target  = sum over classes of off_target_cents[course] * |size - target_seats[course]|
support     = sum over classes and lines in them of support_cents_per_day * number of days + support_cents_once
quota_excess = sum over quotas with a price of cents_over * (use above the limit)
subsidies   = minus what the grants bring, each pot at most its budget (see `subsidies`); it lowers no price
"""

import datetime as dt
from collections.abc import Iterable

from cohort_opt.problem.records import Demand
from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.solution import Member, PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.changes import changes_cents
from cohort_opt.verification.quotas import quota_use
from cohort_opt.verification.subsidies import subsidy_cents


def objective_terms(case: Case) -> ObjectiveTerms:
    """Return the terms of a well-formed plan."""
    classes = [(planned, case.given.offerings[planned.offering]) for planned in case.solution.classes]
    return ObjectiveTerms(
        class_fixed=sum(case.given.class_fixed_cents(planned) for planned, _ in classes),
        seats=sum(offering.seat_cents * planned.size for planned, offering in classes),
        travel=sum(
            count * (journey_cents(case, planned, demand) - boarding_cents(case, planned, demand))
            for planned, demand, count in case.seated
        ),
        boarding=sum(count * boarding_cents(case, planned, demand) for planned, demand, count in case.seated),
        waiting=sum(count * waiting_cents(case, planned, demand) for planned, demand, count in case.seated),
        unplaced=unplaced_cents(case, case.solution.unplaced),
        changes=changes_cents(case),
        off_target=sum(off_target_cents(case, planned) for planned in case.solution.classes),
        support=sum(support_cents(planned, demand) for planned, demand, count in case.seated if count),
        quota_excess=sum(
            quota.cents_over * max(0, quota_use(case, quota) - quota.limit)
            for quota in case.instance.seat_quotas
            if quota.cents_over is not None
        ),
        subsidies=-subsidy_cents(case),
    )


def support_cents(planned: PlannedClass, demand: Demand) -> int:
    """Return what the support of a line costs in a class that holds any of it."""
    return demand.support_cents_per_day * len(planned.dates) + demand.support_cents_once


def off_target_cents(case: Case, planned: PlannedClass) -> int:
    """Return the price of missing the wished size of a class; 0 where its course has no wish."""
    course = case.given.courses[planned.course]
    return 0 if course.target_seats is None else course.off_target_cents * abs(planned.size - course.target_seats)


def class_cents(case: Case, planned: PlannedClass) -> int:
    """Return what one class adds to the objective: fixed, seats, journeys and waiting of its members."""
    cents = case.given.class_fixed_cents(planned)
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
    return sum(getattr(terms, name) for name in type(terms).model_fields)


def journey_cents(case: Case, planned: PlannedClass, demand: Demand) -> int:
    """Return what it costs one trainee of the line to be at the class: journeys on all days, or in all weeks and the stay."""
    there_and_back = 2 * case.given.line_km(demand, planned.site) * case.instance.prices.travel_cents_per_km
    if case.given.stays(demand, planned.site):
        return there_and_back * len(_weeks(planned)) + boarding_cents(case, planned, demand)
    return there_and_back * len(planned.dates)


def boarding_cents(case: Case, planned: PlannedClass, demand: Demand) -> int:
    """Return what the stay of one trainee of the line at the site costs; 0 for those who go home every day."""
    if not case.given.stays(demand, planned.site):
        return 0
    return len(_weeks(planned)) * case.given.sites[planned.site].boarding_cents_per_week


def _weeks(planned: PlannedClass) -> set[dt.date]:
    """Return the Mondays of the weeks in which the class teaches."""
    return {day - dt.timedelta(days=day.weekday()) for day in planned.dates}


def waiting_cents(case: Case, planned: PlannedClass, demand: Demand) -> int:
    """Return the price of the whole weeks that one trainee of the line waits for the class."""
    weeks = (planned.start - demand.earliest_start).days // 7
    return weeks * case.instance.prices.waiting_cents_per_week

"""Quota of seats: seats together use no more of a budget, of mentors, of host places or of visits than there is.

sum over blocks of max(0, max over steps of (min(at_most, sum of amount * seats) - free)) <= limit

A quota with a price of each unit above it is no rule; its price stands in the objective.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.quotas import quota_use
from cohort_opt.verification.violation import Findings, Violation

RULE = "seat_quota"


def applies(instance: Instance) -> bool:
    """Whether any quota must hold."""
    return any(quota.cents_over is None for quota in instance.seat_quotas)


def check(case: Case) -> Findings:
    """Yield once for each quota that must hold."""
    for quota in case.instance.seat_quotas:
        if quota.cents_over is None:
            used = quota_use(case, quota)
            message = f"SeatQuota[{quota.id}]: the plan uses {used} of {quota.kind}, more than the {quota.limit} that there are"
            yield None if used <= quota.limit else Violation(RULE, quota.id, message)

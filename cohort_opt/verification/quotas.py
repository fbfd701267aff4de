"""How much of each quota a plan uses, block by block, from the records alone."""

from cohort_opt.problem.records import QuotaUse, SeatQuota
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case


def quota_use(case: Case, quota: SeatQuota) -> int:
    """Return what the plan uses of a quota: over its blocks, the worst step of each, never less than nothing.

    A step counts `amount` for each seat of its lines in the classes of its period, at most `at_most`, less what is free.
    """
    counted: dict[tuple[str, int], int] = {}
    for use in quota.uses:
        key = use.block, use.step
        counted[key] = counted.get(key, 0) + use.amount * _seats(case, use)
    allowed = {(row.block, row.step): row for row in quota.allowances}
    worst: dict[str, int] = {}
    for (block, step), amount in counted.items():
        row = allowed.get((block, step))
        if row is not None:
            amount = (amount if row.at_most is None else min(amount, row.at_most)) - row.free
        worst[block] = max(worst.get(block, 0), amount)
    return sum(worst.values())


def _seats(case: Case, use: QuotaUse) -> int:
    lines = set(use.demands)
    return sum(count for planned, demand, count in case.seated if demand.id in lines and _inside(planned, use))


def _inside(planned: PlannedClass, use: QuotaUse) -> bool:
    first, last = planned.dates[0], planned.dates[-1]
    return not (
        (use.starts_from is not None and first < use.starts_from)
        or (use.starts_until is not None and first > use.starts_until)
        or (use.ends_from is not None and last < use.ends_from)
        or (use.ends_until is not None and last > use.ends_until)
    )

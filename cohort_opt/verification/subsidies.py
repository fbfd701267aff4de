"""What the grants of an instance bring in a plan, seat by seat, and what the pots leave of it."""

from collections import defaultdict

from cohort_opt.verification.case import Case


def subsidy_cents(case: Case) -> int:
    """Return what the grants bring, at least 0: each pot pays no more than its budget."""
    rows = defaultdict(list)
    for grant in case.instance.grants:
        rows[grant.demand, grant.run].append(grant)
    budget = {pot.id: pot.budget_cents for pot in case.instance.grant_pots}
    free, claimed = 0, dict.fromkeys(budget, 0)
    for planned, demand, count in case.seated:
        for grant in rows.get((demand.id, planned.run), ()):
            if not grant.first_size <= planned.size <= grant.last_size:
                continue
            paid = grant.cents * len(range(grant.first_seat, min(count, grant.last_seat) + 1))
            if grant.pot is None:
                free += paid
            else:
                claimed[grant.pot] += paid
    return free + sum(min(cents, budget[pot]) for pot, cents in claimed.items())

"""Budget: what a company pays for the classes that start in the period of its budget stays within it.

sum over the classes of the period of ceil(class_fixed_cents * k / size) + seat_cents * k <= budget_cents      k = its seats there

The price is the equal one: fixed cost over the size that results, rounded up to the cent, plus the price of each seat.
"""

from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "budget"


def applies(instance: Instance) -> bool:
    """Whether a company has a budget."""
    return any(company.budget_cents is not None for company in instance.companies)


def check(case: Case) -> Findings:
    """Yield once for each company with a budget."""
    for company in case.instance.companies:
        if company.budget_cents is None:
            continue
        spent = 0
        for planned in case.solution.classes:
            before = company.budget_first is not None and planned.start < company.budget_first
            after = company.budget_last is not None and planned.start > company.budget_last
            if before or after or not planned.size:
                continue
            seats: Counter[str] = Counter()
            for member in planned.members:
                seats[case.given.demands[member.demand].company] += member.count
            offering, own = case.given.offerings[planned.offering], seats[company.id]
            whole, rest = divmod(case.given.class_fixed_cents(planned) * own, planned.size)
            spent += whole + (rest > 0) + offering.seat_cents * own
        message = f"Company[{company.id}]: its equal shares come to {spent} cents, above its budget of {company.budget_cents}"
        yield None if spent <= company.budget_cents else Violation(RULE, company.id, message)

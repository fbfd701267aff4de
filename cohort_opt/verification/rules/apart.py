"""Apart: two lines, or any lines of two companies, that are kept apart never sit in one class.

not (d in class and e in class)        for every pair (d, e) and every class
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "apart"


def applies(instance: Instance) -> bool:
    """Whether a pair is kept apart."""
    return bool(instance.apart)


def check(case: Case) -> Findings:
    """Yield once for each class and pair."""
    for planned in case.solution.classes:
        lines = [member.demand for member in planned.members]
        companies = [case.given.demands[line].company for line in lines]
        for pair in case.instance.apart:
            ids = lines if pair.of == "demands" else companies
            kind = "Demand" if pair.of == "demands" else "Company"
            message = f"Class[{planned.id}]: {kind}[{pair.first}] and {kind}[{pair.second}] are kept apart and both sit there"
            both = pair.first in ids and pair.second in ids
            yield Violation(RULE, f"{planned.id},{pair.first},{pair.second}", message) if both else None

"""Unplaced rows: the row of a line without a seat repeats the line.

company, course = those of the line,  asked = its count        for every row
"""

from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "unplaced_rows"


def needs_plan() -> bool:
    """Rows without a seat stand in a plan."""
    return True


def check(hearing: Hearing) -> Findings:
    """Yield once for each field of each row; the counts themselves are the business of `one_seat_per_trainee`."""
    if hearing.case is None:
        return
    for entry in hearing.proposal.unplaced or ():
        demand = hearing.case.given.demands[entry.demand]
        for name, expected in (("company", demand.company), ("course", demand.course), ("asked", demand.count)):
            said = getattr(entry, name)
            message = f"Demand[{entry.demand}] without a seat: {name} {said}, the line has {expected}"
            yield None if said == expected else Violation(CLAIM, f"{entry.demand}/{name}", message)

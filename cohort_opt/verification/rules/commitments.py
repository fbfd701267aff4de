"""Commitments: seats in classes that have started, or that start within the frozen weeks, are kept.

sum of seats[d, class] over the classes of the run >= count        for every commitment that is `started`, or whose run starts
                                                                   before planning_date + 7 frozen_weeks days
Other agreed seats may be moved; what that costs is the term `changes` of the objective.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.changes import is_frozen, seats_kept
from cohort_opt.verification.violation import Findings, Violation

RULE = "commitments"


def applies(instance: Instance) -> bool:
    """Whether anything is agreed."""
    return bool(instance.commitments)


def check(case: Case) -> Findings:
    """Yield once for each commitment that is frozen."""
    kept = seats_kept(case)
    for held in case.instance.commitments:
        if not is_frozen(case, held):
            continue
        found = kept[held.demand, held.run]
        key = f"{held.demand}, {held.run}"
        message = f"Commitment[{key}]: {found} trainees of the line sit in the run, {held.count} seats there are {held.state}"
        yield None if found >= held.count else Violation(RULE, key, f"{message} and frozen")

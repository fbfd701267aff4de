"""Bans: a banned run stays closed; a line that is banned from a run has nobody in it.

number of classes of the run = 0                                        for every ban of a run
sum of seats[d, class] over the classes of the run = 0                  for every ban of line d from the run
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Ban
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "bans"


def applies(instance: Instance) -> bool:
    """Whether anything is banned."""
    return bool(instance.bans)


def check(case: Case) -> Findings:
    """Yield once for each ban."""
    for ban in case.instance.bans:
        yield _judge(case, ban)


def _judge(case: Case, ban: Ban) -> Violation | None:
    classes = case.classes_by_run.get(ban.run, [])
    if ban.demand is None:
        if not classes:
            return None
        return Violation(RULE, ban.run, f"Ban[{ban.run}]: the run is closed, but {len(classes)} of its classes open")
    parts = case.seats_by_demand.get(ban.demand, ()) if classes else ()
    seats = sum(count for planned, count in parts if planned.run == ban.run)
    if not seats:
        return None
    key = f"{ban.run}, {ban.demand}"
    return Violation(RULE, key, f"Ban[{key}]: the line is banned from the run, but {seats} of its trainees sit in it")

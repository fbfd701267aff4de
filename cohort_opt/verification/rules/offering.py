"""Offering: a class is one that an academy offers, with the resources and on a start that the offering names.

course, site, room of the class = those of the offering                                       for every class
instructor = the offering's, or, where the run is named after an alternative, that one        for every class
first_start <= start <= last_start,  weekday(start) in start_weekdays                         for every class
weeks from the week of first_start to the week of the start = 0 modulo every_weeks            for every class
number of classes of an offering, start and pattern <= max_parallel                           for each that opens
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Offering
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation
from cohort_opt.verification.weekday_names import weekday_name

RULE = "offering"


def applies(instance: Instance) -> bool:
    """Every class belongs to an offering."""
    return True


def check(case: Case) -> Findings:
    """Yield once for each class and once for each run that opens."""
    for planned in case.solution.classes:
        faults = list(_faults(case.given.offerings[planned.offering], planned))
        for fault in faults:
            yield Violation(RULE, planned.id, f"Class[{planned.id}]: {fault} of Offering[{planned.offering}]")
        if not faults:
            yield None
    together: dict[str, list[PlannedClass]] = defaultdict(list)
    for planned in case.solution.classes:
        together[f"{planned.offering}/{planned.start}/{planned.pattern}"].append(planned)
    for run, classes in together.items():
        most = case.given.offerings[classes[0].offering].max_parallel
        if len(classes) <= most:
            yield None
            continue
        message = f"Run[{run}]: {len(classes)} parallel classes, above max_parallel {most} of Offering[{classes[0].offering}]"
        yield Violation(RULE, run, message)


def _faults(offering: Offering, planned: PlannedClass) -> Iterator[str]:
    own_run = planned.run == f"{planned.offering}/{planned.start.isoformat()}/{planned.pattern}"
    if not own_run and planned.instructor not in offering.instructor_alternatives:
        yield f"instructor {planned.instructor} is no alternative"
    for name in ("course", "site", "room", "instructor") if own_run else ("course", "site", "room"):
        if getattr(planned, name) != getattr(offering, name):
            yield f"{name} {getattr(planned, name)} is not the {name} {getattr(offering, name)}"
    if not offering.first_start <= planned.start <= offering.last_start:
        yield f"start {planned.start} lies outside the starts {offering.first_start} to {offering.last_start}"
    elif planned.start.weekday() not in {day.number for day in offering.start_weekdays}:
        names = ", ".join(day.value for day in offering.start_weekdays)
        yield f"start {planned.start} is a {weekday_name(planned.start)}, not one of the start weekdays {names}"
    elif weeks := (_monday(planned.start) - _monday(offering.first_start)).days // 7 % offering.every_weeks:
        yield (
            f"start {planned.start} lies {weeks} weeks after a week of the rhythm: every {offering.every_weeks} weeks from "
            f"{offering.first_start}"
        )


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())

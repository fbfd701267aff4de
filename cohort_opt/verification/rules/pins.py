"""Pins: at least the pinned number of trainees of a line sits in the pinned run.

sum of seats[d, class] over the classes of the run >= count[pin]        for every pin
"""

from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "pins"


def applies(instance: Instance) -> bool:
    """Whether anything is pinned."""
    return bool(instance.pins)


def check(case: Case) -> Findings:
    """Yield once for each pin."""
    seats: Counter[tuple[str, str]] = Counter()
    for planned, demand, count in case.seated:
        seats[demand.id, planned.run] += count
    for pin in case.instance.pins:
        found = seats[pin.demand, pin.run]
        if found >= pin.count:
            yield None
            continue
        key = f"{pin.demand}, {pin.run}"
        message = f"Pin[{key}]: {found} trainees of the line sit in the run, {pin.count} are pinned there"
        yield Violation(RULE, key, message)

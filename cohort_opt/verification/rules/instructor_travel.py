"""Instructor travel: nobody teaches a morning at one site and an afternoon at another that is too far for the time between.

On each day the classes of a pool can be given to the instructors who are there so that each of them has one class, or a morning
and an afternoon, at one site or at sites with

    minutes(site of the morning, site of the afternoon) <= max_minutes_between_sites[pool]

Mornings and afternoons are given in turn, and taken back along a chain where that helps (Kuhn 1955, 10.1002/nav.3800020109).
"""

import datetime as dt
from collections import defaultdict

from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.pool_use import available
from cohort_opt.verification.violation import Findings, Violation

RULE = "instructor_travel"


def applies(instance: Instance) -> bool:
    """Whether a pool has such a limit."""
    return any(pool.max_minutes_between_sites is not None for pool in instance.instructors)


def check(case: Case) -> Findings:
    """Yield once for each pool with a limit and each day on which it teaches mornings and afternoons."""
    taught: dict[tuple[str, dt.date], list[PlannedClass]] = defaultdict(list)
    for planned in case.solution.classes:
        if case.given.instructors[planned.instructor].max_minutes_between_sites is not None:
            for day in planned.dates:
                taught[planned.instructor, day].append(planned)
    for (pool_id, day), classes in sorted(taught.items(), key=lambda found: found[0]):
        by_half: dict[tuple[str, ...], list[PlannedClass]] = defaultdict(list)
        for planned in classes:
            by_half[case.given.halves(planned.course, planned.pattern)].append(planned)
        mornings, afternoons = by_half[("morning",)], by_half[("afternoon",)]
        if not mornings or not afternoons:
            continue
        pool = case.given.instructors[pool_id]
        there = available(pool, day)
        whole = len(classes) - len(mornings) - len(afternoons)
        needed = whole + len(mornings) + len(afternoons) - _most_pairs(case, pool_id, mornings, afternoons)
        # Where one half of the day alone needs too many it is the rule `instructor_capacity` that is broken.
        if needed <= max(there, whole + len(mornings), whole + len(afternoons)):
            yield None
            continue
        sites = ", ".join(sorted({planned.site for planned in (*mornings, *afternoons)}))
        message = (
            f"InstructorPool[{pool_id}] on {day}: mornings and afternoons at {sites} need {needed} instructors who travel at "
            f"most {pool.max_minutes_between_sites} minutes between them, the pool has {there}"
        )
        yield Violation(RULE, f"{pool_id}@{day}", message)


def _most_pairs(case: Case, pool_id: str, mornings: list[PlannedClass], afternoons: list[PlannedClass]) -> int:
    """Return the most pairs of a morning and an afternoon that one instructor of the pool can take."""
    longest = case.given.instructors[pool_id].max_minutes_between_sites or 0
    reach = [
        [j for j, later in enumerate(afternoons) if case.given.minutes_between(early.site, later.site) <= longest]
        for early in mornings
    ]
    taken_by: dict[int, int] = {}

    def give(i: int, tried: set[int]) -> bool:
        for j in reach[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken_by or give(taken_by[j], tried):
                    taken_by[j] = i
                    return True
        return False

    return sum(give(i, set()) for i in range(len(mornings)))

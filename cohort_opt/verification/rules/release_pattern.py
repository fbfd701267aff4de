"""Release pattern: a class teaches on exactly the days of its pattern, and each of its lines accepts that kind of release.

dates = teaching days of the pattern from the start        for every class (see `teaching_days`)
pattern in patterns[course],  kind in patterns[d]          for every class, and every line d in it
"""

from itertools import zip_longest

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Pattern
from cohort_opt.solution import PlannedClass
from cohort_opt.verification.case import Case
from cohort_opt.verification.teaching_days import teaching_days
from cohort_opt.verification.violation import Findings, Violation

RULE = "release_pattern"


def applies(instance: Instance) -> bool:
    """Every class has a pattern."""
    return True


def check(case: Case) -> Findings:
    """Yield once for each class and once for each membership in a class of a known pattern."""
    kinds: dict[str, str] = {}
    patterns = {course.id: {pattern.id: pattern for pattern in course.patterns} for course in case.instance.courses}
    for planned in case.solution.classes:
        pattern = patterns[planned.course].get(planned.pattern)
        if pattern is None:
            known = ", ".join(patterns[planned.course])
            message = f"Class[{planned.id}]: pattern {planned.pattern}, Course[{planned.course}] is given only as {known}"
            yield Violation(RULE, planned.id, message)
            continue
        kinds[planned.id] = pattern.kind
        yield _dates(case, planned, pattern)
    for planned, demand, count in case.seated:
        kind = kinds.get(planned.id)
        if kind is None:
            continue
        if kind in demand.patterns:
            yield None
        else:
            message = (
                f"Class[{planned.id}]: it is given as {kind}, Demand[{demand.id}] ({count} trainees) accepts only "
                f"{', '.join(demand.patterns)}"
            )
            yield Violation(RULE, f"{planned.id},{demand.id}", message)


def _dates(case: Case, planned: PlannedClass, pattern: Pattern) -> Violation | None:
    expected = teaching_days(pattern, planned.start, case.given.closed)
    for number, (is_day, should_be) in enumerate(zip_longest(planned.dates, expected), 1):
        if is_day != should_be:
            message = (
                f"Class[{planned.id}]: teaching day {number} is {is_day or 'missing'}, the pattern {pattern.id} from "
                f"{planned.start} has {should_be or 'no such day'} there"
            )
            return Violation(RULE, planned.id, message)
    return None

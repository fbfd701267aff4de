"""Start size: a class starts with so many that its minimum stays with the probability that the course asks for.

P(X >= min_seats[course]) * 100 >= keep_min_percent[course],  X = Binomial(size, survival_percent[course] / 100)   for every class
of a course without a planned merge (see `merge`)

All in whole numbers: the number of outcomes of `size` draws out of 100 that leave at least the minimum, against all of them.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Course
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "start_size"


def applies(instance: Instance) -> bool:
    """Whether a course has a survival curve."""
    return any(
        course.survival_percent is not None and course.keep_min_percent is not None and course.merge_from_week is None
        for course in instance.courses
    )


def check(case: Case) -> Findings:
    """Yield once for each class of such a course."""
    for planned in case.solution.classes:
        course = case.given.courses[planned.course]
        stay, keep = course.survival_percent, course.keep_min_percent
        if stay is None or keep is None or course.merge_from_week is not None:
            continue
        kept = outcomes_that_keep(course, stay, planned.size)
        if kept * 100 >= keep * 100**planned.size:
            yield None
            continue
        percent = kept * 100 // 100**planned.size
        message = (
            f"Class[{planned.id}]: of {planned.size} starters at least {course.min_seats} stay with {percent} % only, "
            f"Course[{course.id}] asks for {keep} %"
        )
        yield Violation(RULE, planned.id, message)


def outcomes_that_keep(course: Course, stay: int, size: int) -> int:
    """Return in how many of the 100 ** size outcomes at least the minimum stays; one trainee after the other is drawn."""
    ways = [1] + [0] * size  # ways[k] = outcomes so far in which k stay
    for _ in range(size):
        ways = [ways[k] * (100 - stay) + (ways[k - 1] * stay if k else 0) for k in range(size + 1)]
    return sum(ways[course.min_seats :])

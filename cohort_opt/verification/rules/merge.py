"""Merge: classes that are merged when thinned start together with enough for one class, and those expected to stay fit in it.

P(X >= min_seats[course]) * 100 >= keep_min_percent[course],  X = Binomial(total, survival_percent[course] / 100)
total * survival_percent[course] <= 100 * min(max_seats[course], seats[room])

total = trainees of all parallel classes of a run, for every run of a course with merge_from_week
"""

from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.rules.start_size import outcomes_that_keep
from cohort_opt.verification.violation import Findings, Violation

RULE = "merge"


def applies(instance: Instance) -> bool:
    """Whether a merge is planned for any course."""
    return any(course.merge_from_week is not None for course in instance.courses)


def check(case: Case) -> Findings:
    """Yield twice for each run of such a course: whether enough start together, and whether those who stay fit."""
    total: Counter[str] = Counter()
    for planned in case.solution.classes:
        total[planned.run] += planned.size
    for run, classes in case.classes_by_run.items():
        course, size = case.given.courses[classes[0].course], total[run]
        stay, keep = course.survival_percent, course.keep_min_percent
        if course.merge_from_week is None or stay is None or keep is None:
            continue
        kept = outcomes_that_keep(course, stay, size)
        message = (
            f"Run[{run}]: of {size} who start in {len(classes)} classes at least {course.min_seats} stay with "
            f"{kept * 100 // 100**size} % only, Course[{course.id}] asks for {keep} %"
        )
        yield None if kept * 100 >= keep * 100**size else Violation(RULE, f"{run} least", message)
        places = min(course.max_seats, case.given.rooms[classes[0].room].seats)
        message = (
            f"Run[{run}]: of {size} who start {size * stay / 100:g} are expected to stay from week {course.merge_from_week} on, "
            f"one class has {places} places"
        )
        yield None if size * stay <= 100 * places else Violation(RULE, f"{run} most", message)

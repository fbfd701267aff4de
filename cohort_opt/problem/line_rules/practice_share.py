"""Practice share: the course of the class has at least the share of practice that the line asks for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_rules.pairs import Allows
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Facts, Run

RULE = "practice_share"


def applies(instance: Instance) -> bool:
    """Return whether a line asks for practice."""
    return any(demand.min_practice_percent for demand in instance.demands)


def allows(instance: Instance, runs: Sequence[Run]) -> Allows:
    """Return the rule for all pairs; a course that does not tell its share counts as 0."""
    share = {course.id: course.practice_percent or 0 for course in instance.courses}
    asked = np.array([demand.min_practice_percent or 0 for demand in instance.demands], dtype=np.int64)
    given = np.array([share[run.course] for run in runs], dtype=np.int64)

    def check(g: Ints, r: Ints) -> Bools:
        return np.asarray(asked[g][:, None] <= given[r][None, :], dtype=np.bool_)

    return check


def clash(instance: Instance, demand: Demand, run: Run) -> Facts | None:
    """Return both shares."""
    share = next(course.practice_percent for course in instance.courses if course.id == run.course) or 0
    if (demand.min_practice_percent or 0) <= share:
        return None
    return {"practice_percent": share, "min_practice_percent": demand.min_practice_percent or 0}

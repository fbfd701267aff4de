"""Off target: a class of a course wishes to hold so many; each trainee above or below has a price."""

from __future__ import annotations

from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance

RULE = "off_target"


def applies(instance: Instance) -> bool:
    """Return whether any course has a wished size with a price."""
    return any(course.target_seats is not None and course.off_target_cents for course in instance.courses)


def arrays(view: View) -> dict[str, Any]:
    """Return wish and price of each run, by the course of its offering."""
    wish = {c.id: (c.target_seats, c.off_target_cents) for c in view.instance.courses if c.target_seats is not None}
    pairs = [wish.get(run.course, (0, 0)) for run in view.runs]
    return {
        "run_target": np.array([target for target, _ in pairs], dtype=np.int64),
        "run_off_target_cents": np.array([cents for _, cents in pairs], dtype=np.int64),
    }

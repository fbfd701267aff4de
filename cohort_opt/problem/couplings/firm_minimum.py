"""Firm minimum: the minimum of a class is met by firm lines alone; likely and maybe ones come on top.

trainees of firm lines in a class >= min_seats      for each class
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cohort_opt.problem.couplings.view import LimitRow, View
from cohort_opt.problem.instance import Instance

RULE = "firm_minimum"


def applies(instance: Instance) -> bool:
    """Return whether any line is less than firm."""
    return any(demand.certainty != "firm" for demand in instance.demands)


def limits(view: View) -> Iterator[LimitRow]:
    """Yield one row per run that anybody less than firm may attend."""
    problem = view.problem
    least = {course.id: course.min_seats for course in view.instance.courses}
    unsure = np.array([demand.certainty != "firm" for demand in view.instance.demands], dtype=np.bool_)
    for r in np.unique(problem.arc_run[unsure[problem.arc_group]]).tolist():
        arcs = tuple(a for a, demand in view.members(r) if demand.certainty == "firm")
        yield LimitRow(f"{RULE}[{view.runs[r].id}]", r, least[view.runs[r].course], int(problem.run_max[r]), arcs)

"""Support: what comes with a line into each class that holds any of it: seats, and a cost once per class."""

from __future__ import annotations

from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance

RULE = "support_seats"


def applies(instance: Instance) -> bool:
    """Return whether any line brings support."""
    return any(d.support_seats or d.support_cents_per_day or d.support_cents_once for d in instance.demands)


def arrays(view: View) -> dict[str, Any]:
    """Return seats and cost of support of each arc, once per class that holds any of its line."""
    lines, problem = view.instance.demands, view.problem
    days = np.array([len(run.dates) for run in view.runs], dtype=np.int64)
    seats, a_day, once = (
        np.array([getattr(line, name) for line in lines], dtype=np.int64)
        for name in ("support_seats", "support_cents_per_day", "support_cents_once")
    )
    group, run = problem.arc_group, problem.arc_run
    return {"arc_support_seats": seats[group], "arc_group_cents": a_day[group] * days[run] + once[group]}

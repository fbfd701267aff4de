"""Module order: who sits in a following module has a seat in the first one, at the right distance in time.

min_gap_days <= first day of the following class - last day of the first one <= max_gap_days
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance

RULE = "module_order"


def applies(instance: Instance) -> bool:
    """Return whether any line follows another."""
    return any(demand.after is not None for demand in instance.demands)


def arrays(view: View) -> dict[str, Any]:
    """Return the first line of each line that follows one, and the pairs of arcs whose gap is allowed."""
    problem = view.problem
    start = np.array([run.dates[0].toordinal() for run in view.runs], dtype=np.int64)
    end = np.array([run.dates[-1].toordinal() for run in view.runs], dtype=np.int64)
    after = np.full(problem.num_groups, -1, dtype=np.int64)
    links = []
    for g, demand in enumerate(view.instance.demands):
        if demand.after is None:
            continue
        after[g] = view.group[demand.after]
        first, second = view.arcs_of_group(int(after[g])), view.arcs_of_group(g)
        gap = start[problem.arc_run[second]][None, :] - end[problem.arc_run[first]][:, None]
        allowed = gap >= demand.min_gap_days
        if demand.max_gap_days is not None:
            allowed &= gap <= demand.max_gap_days
        b, a = np.nonzero(allowed)
        links.append(np.stack((first[b], second[a]), axis=1))
    return {"group_after": after, "links": np.concatenate(links).astype(np.int64)}

"""Class size wish: a line comes only if at least so many come; here only whether the largest class could hold so many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_rules.pairs import Allows
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Facts, Run

RULE = "class_size_wish"


def applies(instance: Instance) -> bool:
    """Return whether a line has such a wish."""
    return any(demand.min_class_size is not None for demand in instance.demands)


def wished_sizes(instance: Instance) -> Ints:
    """Return the class size that each line asks for, 0 = any; shape (G,)."""
    return np.array([demand.min_class_size or 0 for demand in instance.demands], dtype=np.int64)


def allows(instance: Instance, runs: Sequence[Run]) -> Allows:
    """Return the rule for all pairs."""
    wish = wished_sizes(instance)
    most = np.array([run.max_seats for run in runs], dtype=np.int64)

    def check(g: Ints, r: Ints) -> Bools:
        return np.asarray(wish[g][:, None] <= most[r][None, :], dtype=np.bool_)

    return check


def clash(instance: Instance, demand: Demand, run: Run) -> Facts | None:
    """Return the wish and the seats."""
    if demand.min_class_size is None or demand.min_class_size <= run.max_seats:
        return None
    return {"min_class_size": demand.min_class_size, "max_seats": run.max_seats}

"""Buffer seats: a line that would wait in a workshop and cannot be split further must fit its seats; sums see `shared_rows`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_parts import smallest_part
from cohort_opt.problem.line_rules.pairs import Allows
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Facts, Run
from cohort_opt.problem.schedule import monday_of

RULE = "buffer_seats"


def applies(instance: Instance) -> bool:
    """Return whether any line waits in a workshop."""
    return any(demand.buffer_site is not None for demand in instance.demands)


def allows(instance: Instance, runs: Sequence[Run]) -> Allows:
    """Return the rule for all pairs: a line that does not fit goes only to runs that start in its first week."""
    seats = {site.id: site.buffer_seats for site in instance.sites}
    fits = np.array([d.buffer_site is None or smallest_part(d) <= seats[d.buffer_site] for d in instance.demands], dtype=np.bool_)
    first = np.array([monday_of(demand.earliest_start).toordinal() for demand in instance.demands], dtype=np.int64)
    start = np.array([monday_of(run.start).toordinal() for run in runs], dtype=np.int64)

    def check(g: Ints, r: Ints) -> Bools:
        return np.asarray(fits[g][:, None] | (start[r][None, :] <= first[g][:, None]), dtype=np.bool_)

    return check


def clash(instance: Instance, demand: Demand, run: Run) -> Facts | None:
    """Return the smallest part and the seats."""
    if demand.buffer_site is None or monday_of(run.start) <= monday_of(demand.earliest_start):
        return None
    seats = next(site.buffer_seats for site in instance.sites if site.id == demand.buffer_site)
    part = smallest_part(demand)
    return None if part <= seats else {"smallest_part": part, "buffer_seats": seats, "site": demand.buffer_site}

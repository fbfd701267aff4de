"""Boarding: a line that would stay at the site and cannot be split further must fit its beds; sums see `shared_rows`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.line_parts import smallest_part
from cohort_opt.problem.line_rules.pairs import Allows
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Facts, Run

RULE = "boarding"


def applies(instance: Instance) -> bool:
    """Return whether a line would stay and a site has beds."""
    return any(demand.accepts_boarding for demand in instance.demands) and any(site.beds for site in instance.sites)


def allows(instance: Instance, runs: Sequence[Run]) -> Allows:
    """Return the rule for all pairs of line and site, looked up by run."""
    journeys, index = Journeys.of(instance), {site.id: i for i, site in enumerate(instance.sites)}
    fits = np.array(
        [
            [
                not demand.accepts_boarding or smallest_part(demand) <= site.beds or journeys.is_daily(demand, site.id)
                for site in instance.sites
            ]
            for demand in instance.demands
        ],
        dtype=np.bool_,
    ).reshape(len(instance.demands), len(instance.sites))
    place = np.array([index[run.site] for run in runs], dtype=np.int64)

    def check(g: Ints, r: Ints) -> Bools:
        return np.asarray(fits[g][:, place[r]], dtype=np.bool_)

    return check


def clash(instance: Instance, demand: Demand, run: Run) -> Facts | None:
    """Return the smallest part and the beds."""
    beds = next(site.beds for site in instance.sites if site.id == run.site)
    if not demand.accepts_boarding or not beds or smallest_part(demand) <= beds:
        return None
    if Journeys.of(instance).is_daily(demand, run.site):
        return None
    return {"smallest_part": smallest_part(demand), "beds": beds, "site": run.site}

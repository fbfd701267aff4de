"""Company absence in a week: a line that cannot be split further must fit the company's weekly limit; sums see `shared_rows`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.problem.fields import MAX_COUNT
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_parts import smallest_part
from cohort_opt.problem.line_rules.pairs import Allows
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Facts, Run

RULE = "company_absence_week"


def applies(instance: Instance) -> bool:
    """Return whether a company has such a limit."""
    return any(company.max_away_per_week is not None for company in instance.companies)


def allows(instance: Instance, runs: Sequence[Run]) -> Allows:
    """Return the rule for all pairs; the run does not matter."""
    most = {company.id: company.max_away_per_week or MAX_COUNT for company in instance.companies}
    fits = np.array([smallest_part(d) <= most[d.company] for d in instance.demands], dtype=np.bool_)

    def check(g: Ints, r: Ints) -> Bools:
        return np.repeat(fits[g][:, None], len(r), axis=1)

    return check


def clash(instance: Instance, demand: Demand, run: Run) -> Facts | None:
    """Return the smallest part and the limit."""
    most = next(company.max_away_per_week for company in instance.companies if company.id == demand.company)
    if most is None or smallest_part(demand) <= most:
        return None
    return {"smallest_part": smallest_part(demand), "max_away_per_week": most}

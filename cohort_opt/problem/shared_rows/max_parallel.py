"""Parallel classes of an offering, whoever teaches: alternatives share the most classes at one start.

sum over runs r with this offering, start and pattern of y[r] <= max_parallel[offering]      where alternatives could teach it
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cohort_opt.problem.compact import Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rows import RowBuilder
from cohort_opt.problem.run import Run, run_id

RULE = "offering"


def applies(instance: Instance) -> bool:
    """Return whether an offering has alternatives."""
    return any(offering.instructor_alternatives for offering in instance.offerings)


def rows(instance: Instance, runs: Sequence[Run], run_cap: Ints) -> Rows:
    """Return one row for each start and pattern that several pools could teach."""
    most = {offering.id: offering.max_parallel for offering in instance.offerings if offering.instructor_alternatives}
    groups: dict[str, list[int]] = {}
    for r, run in enumerate(runs):
        if run.offering in most:
            groups.setdefault(run_id(run.offering, run.start, run.pattern), []).append(r)
    built = RowBuilder(weight=run_cap)
    for number, (name, own) in enumerate(sorted(groups.items())):
        built.add(f"{RULE}[{name}]", (number, most[runs[own[0]].offering]), np.array(own, dtype=np.int64))
    return built.done()

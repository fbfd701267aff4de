"""Quota of seats: a plain cap, one sum of seats that must not pass its limit, as a row over arcs.

sum of amount * x[a] over arcs a of the quota's lines, of runs in its periods <= limit
"""

from __future__ import annotations

import numpy as np

from cohort_opt.problem.arcs import Arcs, RunTable
from cohort_opt.problem.compact import Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.quota_use import is_plain, use_by_days
from cohort_opt.problem.rows import RowBuilder
from cohort_opt.problem.schedule import TeachingDays

RULE = "seat_quota"


def applies(instance: Instance) -> bool:
    """Return whether any quota is a plain cap."""
    return any(is_plain(quota) for quota in instance.seat_quotas)


def rows(instance: Instance, table: RunTable, arcs: Arcs, days: TeachingDays) -> Rows:
    """Return one row for each plain quota that can bind."""
    count = np.array([d.count for d in instance.demands], dtype=np.int64)
    built = RowBuilder(weight=count[arcs.group])
    line = {demand.id: g for g, demand in enumerate(instance.demands)}
    first = np.array([days.ordered[i].toordinal() for i in table.day_index[table.day_start[:-1]].tolist()], dtype=np.int64)
    last = np.array([days.ordered[i].toordinal() for i in table.day_index[table.day_start[1:] - 1].tolist()], dtype=np.int64)
    for number, quota in enumerate(instance.seat_quotas):
        if is_plain(quota):
            found = use_by_days(quota.uses, line, arcs.group, arcs.run, first, last)
            entries = np.array(sorted(found), dtype=np.int64)
            use = np.array([found[a] for a in entries.tolist()], dtype=np.int64)
            if len(entries):
                built.add(f"{RULE}[{quota.id}]", (number, quota.limit), entries, use=use)
    return built.done()

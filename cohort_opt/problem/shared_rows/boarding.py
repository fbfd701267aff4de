"""Boarding: no more trainees stay at a site in a week than it has beds.

sum of x[a] over arcs a beyond the line's daily limits, of runs at the site in the week <= beds[site]      for every site, week
"""

from __future__ import annotations

import numpy as np

from cohort_opt.problem.arcs import Arcs, RunTable, Ways
from cohort_opt.problem.compact import Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_rules.boarding import RULE, applies
from cohort_opt.problem.rows import RowBuilder, grouped
from cohort_opt.problem.schedule import ONE_DAY, TeachingDays, monday_of
from cohort_opt.problem.shared_rows.company_absence_week import weeks_of_arcs

__all__ = ["RULE", "applies", "rows"]


def rows(instance: Instance, table: RunTable, arcs: Arcs, days: TeachingDays) -> Rows:
    """Return one row for each site with beds and each week in which more could stay."""
    way = Ways.of(instance)
    count = np.array([d.count for d in instance.demands], dtype=np.int64)
    away: Ints = np.nonzero(~way.is_daily[arcs.group, table.site[arcs.run]])[0].astype(np.int64)
    arc, week = weeks_of_arcs(table, arcs, away, days)
    built = RowBuilder(weight=count[arcs.group])
    first = monday_of(days.calendar.start)
    for (number, index), entries in grouped(table.site[arcs.run[arc]], week, arc):
        site = instance.sites[number]
        if int(count[np.unique(arcs.group[entries])].sum()) > site.beds:
            name = f"{RULE}[{site.id},{(first + 7 * index * ONE_DAY).isoformat()}]"
            built.add(name, (number, site.beds), entries, may_bind=True)
    return built.done()

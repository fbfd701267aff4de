"""Company absence in a week: at most so many of a company are away on at least one day of the same week.

sum over arcs a of the company whose run teaches in the week of x[a] <= max_away_per_week[company]     for every company, week
"""

from __future__ import annotations

import numpy as np

from cohort_opt.problem.arcs import Arcs, RunTable
from cohort_opt.problem.compact import Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_rules.company_absence_week import RULE, applies
from cohort_opt.problem.rows import RowBuilder, grouped
from cohort_opt.problem.schedule import ONE_DAY, TeachingDays, monday_of

__all__ = ["RULE", "applies", "rows", "weeks_of_arcs"]


def rows(instance: Instance, table: RunTable, arcs: Arcs, days: TeachingDays) -> Rows:
    """Return one row for each company with a limit and each week in which its lines could exceed it."""
    index = {company.id: i for i, company in enumerate(instance.companies)}
    company_of = np.array([index[d.company] for d in instance.demands], dtype=np.int64)
    count = np.array([d.count for d in instance.demands], dtype=np.int64)
    limit = np.array([c.max_away_per_week or 0 for c in instance.companies], dtype=np.int64)
    bounded = np.nonzero(limit[company_of[arcs.group]] > 0)[0].astype(np.int64)
    arc, week = weeks_of_arcs(table, arcs, bounded, days)
    built = RowBuilder(weight=count[arcs.group])
    first = monday_of(days.calendar.start)
    for (company, number), entries in grouped(company_of[arcs.group[arc]], week, arc):
        if int(count[np.unique(arcs.group[entries])].sum()) > int(limit[company]):
            name = f"{RULE}[{instance.companies[company].id},{(first + 7 * number * ONE_DAY).isoformat()}]"
            built.add(name, (company, int(limit[company])), entries, may_bind=True)
    return built.done()


def weeks_of_arcs(table: RunTable, arcs: Arcs, some: Ints, days: TeachingDays) -> tuple[Ints, Ints]:
    """Return (arc, week) for each of these arcs and each week in which its run teaches, both shape (n,).

    Weeks are numbered from that of the calendar's first day.
    """
    monday = monday_of(days.calendar.start).toordinal()
    week_of_day = np.array([(day.toordinal() - monday) // 7 for day in days.ordered], dtype=np.int64)
    runs = arcs.run[some]
    arc = np.repeat(some, table.num_days[runs])
    if not len(some):
        return some, some
    pairs = np.unique(np.stack([arc, week_of_day[table.days_of(runs)]]), axis=1)
    return pairs[0].astype(np.int64), pairs[1].astype(np.int64)

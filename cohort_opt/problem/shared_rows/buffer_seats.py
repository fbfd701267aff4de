"""Buffer seats: in no week do more trainees wait in a workshop for their class than it has buffer seats.

sum of x[a] over arcs a of lines that wait there, whose run starts in a later week <= buffer_seats[site]      for every site, week
"""

from __future__ import annotations

import numpy as np

from cohort_opt.problem.arcs import Arcs, RunTable
from cohort_opt.problem.compact import Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_rules.buffer_seats import RULE, applies
from cohort_opt.problem.rows import RowBuilder, grouped
from cohort_opt.problem.schedule import ONE_DAY, TeachingDays, monday_of

__all__ = ["RULE", "applies", "rows"]


def rows(instance: Instance, table: RunTable, arcs: Arcs, days: TeachingDays) -> Rows:
    """Return one row for each workshop and week in which more could wait; equal weeks once."""
    number = {site.id: i for i, site in enumerate(instance.sites)}
    place = np.array([-1 if d.buffer_site is None else number[d.buffer_site] for d in instance.demands], dtype=np.int64)
    first = np.array([monday_of(demand.earliest_start).toordinal() for demand in instance.demands], dtype=np.int64)
    start = table.start - (table.start - 1) % 7  # the Monday: ordinal 1 is one
    weeks = np.maximum(0, (start[arcs.run] - first[arcs.group]) // 7) if len(arcs.group) else arcs.group
    own = np.nonzero((place[arcs.group] >= 0) & (weeks > 0))[0].astype(np.int64)
    arc = np.repeat(own, weeks[own])
    offset = np.arange(len(arc), dtype=np.int64) - np.repeat(np.cumsum(weeks[own]) - weeks[own], weeks[own])
    week = first[arcs.group[arc]] + 7 * offset
    count = np.array([demand.count for demand in instance.demands], dtype=np.int64)
    built = RowBuilder(weight=count[arcs.group])
    origin = monday_of(days.calendar.start)
    for (index, monday), entries in grouped(place[arcs.group[arc]], week, arc):
        site = instance.sites[index]
        if int(count[np.unique(arcs.group[entries])].sum()) > site.buffer_seats:
            name = f"{RULE}[{site.id},{(origin + (monday - origin.toordinal()) * ONE_DAY).isoformat()}]"
            built.add(name, (index, site.buffer_seats), entries, may_bind=True)
    return built.done()

"""Firm minimum: the minimum of a class is met by firm lines and agreed seats alone; likely and maybe ones come on top.

trainees of firm lines in a class + sum over other lines of min(seats there, agreed seats there) >= min_seats      for each class

A minimum of sums is large enough if each of its sums is: one row for every choice between a line's seats and its agreed ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from cohort_opt.problem.couplings.view import LimitRow, View
from cohort_opt.problem.instance import Instance

RULE = "firm_minimum"
MOST_AGREED_IN_PART = 8
"""Lines of which a part is agreed in one run and counts there, those with the most agreed seats: each doubles the rows."""


def applies(instance: Instance) -> bool:
    """Return whether any line is less than firm."""
    return any(demand.certainty != "firm" for demand in instance.demands)


def limits(view: View) -> Iterator[LimitRow]:
    """Yield the rows of each run that anybody less than firm may attend."""
    problem = view.problem
    least = {course.id: course.min_seats for course in view.instance.courses}
    agreed = {(row.demand, row.run): row.count for row in view.instance.commitments if row.state != "published"}
    lines = {demand.id: demand for demand in view.instance.demands}
    unsure = np.array([demand.certainty != "firm" for demand in view.instance.demands], dtype=np.bool_)
    for r in np.unique(problem.arc_run[unsure[problem.arc_group]]).tolist():
        run, members = view.runs[r], view.members(r)
        sure = [a for a, d in members if d.certainty == "firm" or agreed.get((d.id, run.id), 0) >= d.count]
        arc = {demand.id: a for a, demand in members if a not in sure}
        told = sorted((-n, line) for (line, there), n in agreed.items() if there == run.id and n < lines[line].count)
        part = [(line, -n) for n, line in told if lines[line].certainty != "firm"][:MOST_AGREED_IN_PART]
        one_at_a_time = view.offering[run.offering].max_parallel == 1
        counted = [(arc[line], n) for line, n in part if line in arc] if one_at_a_time else []
        for number, choice in enumerate(product((True, False), repeat=len(counted))):
            seats = [a for (a, _), by_seats in zip(counted, choice, strict=True) if by_seats]
            lower = least[run.course] - sum(held for (_, held), by_seats in zip(counted, choice, strict=True) if not by_seats)
            if lower > 0:
                name = f"{RULE}[{run.id}{f',{number}' if number else ''}]"
                yield LimitRow(name, r, lower, int(problem.run_max[r]), tuple(sorted((*sure, *seats))))

"""Instructor travel: on no day must instructors be at two sites between which the time from morning to afternoon is too short.

Who takes a morning at s takes an afternoon at t only if s = t or minutes(s, t) <= max_minutes_between_sites. A day then needs
whole-day classes + mornings + afternoons - (most pairs of a morning and an afternoon that one instructor can take) instructors.
By König (1931) that is the largest of these sums, over all sets S, T of sites between which nobody can travel in time:

    sum of y over whole-day runs + over morning runs at S + over afternoon runs at T <= instructors there that day

S or T empty is the row of `instructor_capacity`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from cohort_opt.problem.compact import Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rows import RowBuilder
from cohort_opt.problem.run import Run
from cohort_opt.problem.schedule import capacity_on
from cohort_opt.problem.site_journeys import SiteJourneys

RULE = "instructor_travel"


def applies(instance: Instance) -> bool:
    """Return whether a pool has such a limit."""
    return any(pool.max_minutes_between_sites is not None for pool in instance.instructors)


def rows(instance: Instance, runs: Sequence[Run], run_cap: Ints) -> Rows:
    """Return one row for each pool, day and pair of sets of sites that can bind."""
    built = RowBuilder(weight=run_cap)
    journeys = SiteJourneys.of(instance)
    for number, pool in enumerate(instance.instructors):
        if pool.max_minutes_between_sites is None:
            continue
        own = [(r, run) for r, run in enumerate(runs) if run.instructor == pool.id]
        mornings, afternoons = ({run.site for _, run in own if run.part == part} for part in ("morning", "afternoon"))
        pairs = list(_too_far_apart(sorted(mornings), sorted(afternoons), journeys, pool.max_minutes_between_sites))
        by_day: dict[object, list[tuple[int, Run]]] = defaultdict(list)
        for r, run in own if pairs else ():
            for day in run.dates:
                by_day[day].append((r, run))
        for day in sorted({day for _, run in own for day in run.dates}) if pairs else ():
            for before, after in pairs:
                wanted = {"day": None, "morning": before, "afternoon": after}
                used = [r for r, run in by_day[day] if (sites := wanted[run.part]) is None or run.site in sites]
                name = f"{RULE}[{pool.id},{day.isoformat()},{'+'.join(sorted(before))},{'+'.join(sorted(after))}]"
                built.add(name, (number, capacity_on(pool, day)), np.array(sorted(used), dtype=np.int64))
    return built.done()


def _too_far_apart(
    mornings: Sequence[str], afternoons: Sequence[str], journeys: SiteJourneys, most_minutes: int
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield the largest pairs (S, T) of sets of sites, neither empty, between which nobody can travel in time."""
    beyond = {s: frozenset(t for t in afternoons if s != t and journeys.minutes(s, t) > most_minutes) for s in mornings}
    found: set[frozenset[str]] = set()
    for s in mornings:
        found |= {beyond[s], *(beyond[s] & other for other in found)}
    for after in sorted(found - {frozenset()}, key=sorted):
        yield frozenset(s for s in mornings if after <= beyond[s]), after

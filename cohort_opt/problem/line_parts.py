"""The least number of a demand line that a class may hold."""

from __future__ import annotations

from cohort_opt.problem.records import Demand


def smallest_part(demand: Demand) -> int:
    """Return the least number of the line that a class may hold: all of it, or `min_part`."""
    return demand.count if demand.together else demand.min_part

"""The registry of rows that several runs or several arcs share, each rule in a file of its own.

Rows over runs bound classes, rows over arcs bound trainees. Rooms, instructors and absences on a day stand in `capacity`. A new
rule is one file here and one line in `RUN_ROWS` or `ARC_ROWS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from cohort_opt.problem.arcs import Arcs, RunTable
from cohort_opt.problem.compact import Ints, Rows
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.rows import joined
from cohort_opt.problem.run import Run
from cohort_opt.problem.schedule import TeachingDays
from cohort_opt.problem.shared_rows import (
    boarding,
    buffer_seats,
    company_absence_week,
    instructor_hours,
    instructor_travel,
    max_parallel,
    seat_quota,
)

__all__ = ["ARC_ROWS", "RUN_ROWS", "ArcRows", "RunRows", "more_arc_rows", "more_run_rows"]


class RunRows(Protocol):
    """Rows over runs."""

    RULE: str
    """Name, the same as that of the judge's rule; each row is named `rule[key]`."""

    def applies(self, instance: Instance) -> bool:
        """Return whether the instance needs the rule at all."""

    def rows(self, instance: Instance, runs: Sequence[Run], run_cap: Ints) -> Rows:
        """Return the rows that can bind when run r opens at most `run_cap[r]` classes."""


class ArcRows(Protocol):
    """Rows over arcs."""

    RULE: str
    """Name, the same as that of the judge's rule; each row is named `rule[key]`."""

    def applies(self, instance: Instance) -> bool:
        """Return whether the instance needs the rule at all."""

    def rows(self, instance: Instance, table: RunTable, arcs: Arcs, days: TeachingDays) -> Rows:
        """Return the rows that can bind."""


RUN_ROWS: Mapping[str, RunRows] = MappingProxyType(
    {rule.RULE: rule for rule in (instructor_hours, instructor_travel, max_parallel)}
)
ARC_ROWS: Mapping[str, ArcRows] = MappingProxyType(
    {rule.RULE: rule for rule in (company_absence_week, boarding, buffer_seats, seat_quota)}
)


def more_run_rows(instance: Instance, runs: Sequence[Run], run_cap: Ints) -> Rows:
    """Return the rows over runs of all rules that the instance needs."""
    return joined(rule.rows(instance, runs, run_cap) for rule in RUN_ROWS.values() if rule.applies(instance))


def more_arc_rows(instance: Instance, table: RunTable, arcs: Arcs, days: TeachingDays) -> Rows:
    """Return the rows over arcs of all rules that the instance needs."""
    return joined(rule.rows(instance, table, arcs, days) for rule in ARC_ROWS.values() if rule.applies(instance))

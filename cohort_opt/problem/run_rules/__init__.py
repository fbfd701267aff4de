"""The registry of rules about one run alone: what an academy cannot hold, each rule in a file of its own.

A run that one of them closes is no candidate; the first that does is told. A new rule is one file here and one line in
`RUN_RULES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Pattern
from cohort_opt.problem.run import Facts, Rejection, Run
from cohort_opt.problem.run_rules import exam_date, instructor_hours, unbroken
from cohort_opt.problem.run_rules.side import AcademySide

__all__ = ["RUN_RULES", "AcademySide", "RunRule", "active_rules", "closing_rule"]


class RunRule(Protocol):
    """What a rule's module offers."""

    RULE: str
    """Name, the same as that of the judge's rule."""

    def applies(self, instance: Instance) -> bool:
        """Return whether the instance needs the rule at all."""

    def clash(self, side: AcademySide, run: Run, pattern: Pattern) -> Facts | None:
        """Return the values that clash; `None` if the run may exist."""


RUN_RULES: Mapping[str, RunRule] = MappingProxyType({rule.RULE: rule for rule in (instructor_hours, unbroken, exam_date)})


def active_rules(instance: Instance) -> tuple[RunRule, ...]:
    """Return the rules that the instance needs."""
    return tuple(rule for rule in RUN_RULES.values() if rule.applies(instance))


def closing_rule(rules: tuple[RunRule, ...], side: AcademySide, run: Run, pattern: Pattern) -> Rejection | None:
    """Return why the run cannot exist; `None` if it may."""
    for rule in rules:
        facts = rule.clash(side, run, pattern)
        if facts is not None:
            return Rejection(run.id, rule.RULE, facts)
    return None

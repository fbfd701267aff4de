"""The registry of rules between one demand line and one run, each in a file of its own.

`allows` says it for all pairs at once, `clash` for one pair in words; a test holds the two against each other. A new rule is one
file here and one line in `LINE_RULES`. Those of the first format (window, ...) are evaluated in `arcs` and `blockers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_rules import boarding, buffer_seats, class_size_wish, company_absence_week, practice_share
from cohort_opt.problem.line_rules.pairs import Allows
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Facts, Run

__all__ = ["LINE_RULES", "Allows", "LineRule", "allowing"]


class LineRule(Protocol):
    """What a rule's module offers."""

    RULE: str
    """Name, the same as that of the judge's rule."""

    def applies(self, instance: Instance) -> bool:
        """Return whether the instance needs the rule at all."""

    def allows(self, instance: Instance, runs: Sequence[Run]) -> Allows:
        """Return the rule for all pairs."""

    def clash(self, instance: Instance, demand: Demand, run: Run) -> Facts | None:
        """Return the values that clash; `None` if the line may attend."""


LINE_RULES: Mapping[str, LineRule] = MappingProxyType(
    {rule.RULE: rule for rule in (class_size_wish, company_absence_week, practice_share, boarding, buffer_seats)}
)


def allowing(instance: Instance, runs: Sequence[Run]) -> tuple[Allows, ...]:
    """Return the rules that the instance needs, ready for all pairs of its lines and these runs."""
    return tuple(rule.allows(instance, runs) for rule in LINE_RULES.values() if rule.applies(instance))

"""Changes of what the plan is for."""

from __future__ import annotations

from typing import Literal

from cohort_opt.problem.draft import Draft, NamedChange
from cohort_opt.problem.records.goal import Goals


class SetGoals(NamedChange):
    """The plan is for these goals in this order; none = one sum of cents."""

    kind: Literal["set_goals"]
    goals: Goals

    def apply_to(self, draft: Draft) -> None:
        """Set the goals."""
        draft.document["goals"] = list(self.goals)

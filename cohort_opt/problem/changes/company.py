"""Changes of companies."""

from __future__ import annotations

from typing import Literal

from cohort_opt.problem.draft import Draft, NamedChange
from cohort_opt.problem.fields import Count, Id
from cohort_opt.problem.records import Company


class SetMaxAway(NamedChange):
    """At most so many trainees of a company are away on one day; `null` = no limit."""

    kind: Literal["set_max_away"]
    company: Id
    max_away_per_day: Count | None

    def apply_to(self, draft: Draft) -> None:
        """Set or lift the limit."""
        draft.row("companies", "company", self.company)["max_away_per_day"] = self.max_away_per_day


class AddCompany(NamedChange):
    """A new company."""

    kind: Literal["add_company"]
    company: Company

    def apply_to(self, draft: Draft) -> None:
        """Add the company."""
        draft.add("companies", self.company)

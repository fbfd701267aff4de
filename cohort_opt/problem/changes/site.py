"""Changes of sites."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.draft import Draft, NamedChange
from cohort_opt.problem.fields import Id, Int


class SetSiteLoad(NamedChange):
    """A site opens in a year only for so many trainees; `null` = for any number."""

    kind: Literal["set_site_load"]
    site: Id
    min_seats_per_year: Annotated[Int, Field(ge=1, le=100_000)] | None

    def apply_to(self, draft: Draft) -> None:
        """Set or lift the least load."""
        draft.row("sites", "site", self.site)["min_seats_per_year"] = self.min_seats_per_year

"""Changes of what a new course or region must show."""

from __future__ import annotations

from typing import Literal

from cohort_opt.problem.draft import Draft, NamedChange
from cohort_opt.problem.fields import Id
from cohort_opt.problem.records import StarterTest


class AddStarterTest(NamedChange):
    """A new test: at least so many starters in each of several consecutive years."""

    kind: Literal["add_starter_test"]
    starter_test: StarterTest

    def apply_to(self, draft: Draft) -> None:
        """Add the test."""
        draft.add("starter_tests", self.starter_test)


class RemoveStarterTest(NamedChange):
    """A test is dropped."""

    kind: Literal["remove_starter_test"]
    starter_test: Id

    def apply_to(self, draft: Draft) -> None:
        """Remove the row."""
        draft.remove("starter_tests", lambda row: row["id"] == self.starter_test, "starter_test", self.starter_test)

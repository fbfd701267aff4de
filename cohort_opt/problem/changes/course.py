"""Changes of courses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Count, Id, Int
from cohort_opt.problem.records import Course


class AddCourse(NamedChange):
    """A new course."""

    kind: Literal["add_course"]
    course: Course

    def apply_to(self, draft: Draft) -> None:
        """Add the course."""
        draft.add("courses", self.course)


class SetClassSize(NamedChange):
    """Fewest and most trainees in a class of a course; what is not named stays."""

    kind: Literal["set_class_size"]
    course: Id
    min_seats: Count | None = None
    max_seats: Count | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        set_fields(draft, draft.row("courses", "course", self.course), self.given("min_seats", "max_seats"))


class SetSurvival(NamedChange):
    """How many of 100 trainees stay to the end, and how surely a class keeps its minimum; `null` for both = not looked at."""

    kind: Literal["set_survival"]
    course: Id
    survival_percent: Annotated[Int, Field(ge=1, le=100)] | None
    keep_min_percent: Annotated[Int, Field(ge=1, le=99)] | None

    def apply_to(self, draft: Draft) -> None:
        """Set both."""
        row = draft.row("courses", "course", self.course)
        row.update(survival_percent=self.survival_percent, keep_min_percent=self.keep_min_percent)

"""Changes of courses."""

from __future__ import annotations

from typing import Literal

from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Count, Id
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

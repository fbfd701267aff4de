"""The closed vocabulary of conditions: what must hold before a scheme pays. Each kind says where its answer comes from.

A condition is decided by the course, by the class, or by counts that a company answers for a demand line. Its `rule` is a
plain key made of its own values: two packs that ask the same question share one answer, and no question is asked twice.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cohort_opt.packs.amounts import CentsRange
from cohort_opt.problem.fields import Bool, Count, Date, Int
from cohort_opt.problem.records import Record

Years = Annotated[Int, Field(ge=14, le=80)]
Level = Annotated[Int, Field(ge=1, le=4)]
Percent = Annotated[Int, Field(ge=1, le=100)]
Hours = Annotated[Int, Field(ge=1, le=10_000)]
Weeks = Annotated[Int, Field(ge=1, le=520)]
Months = Annotated[Int, Field(ge=0, le=60)]

AgeReference = Literal["birth_date_cutoff", "first_benefit_day", "first_course_day", "employment_start"]
AGE_REFERENCES: tuple[AgeReference, ...] = ("birth_date_cutoff", "first_benefit_day", "first_course_day", "employment_start")
"""The four dates against which public schemes judge age; a rule without one of them cannot be written."""

Topic = Literal[
    "unemployment_benefit",
    "municipal_benefit",
    "jobs_register",
    "placement_agreement",
    "recognised_firm",
    "no_basic_qualification",
    "no_earlier_work_there",
]
"""What a company answers in counts; none of them is a diagnosis."""


class CourseLevel(Record):
    """The level of the course lies between `at_least` and `at_most`."""

    kind: Literal["course_level"]
    at_least: Level = 1
    at_most: Level = 4

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least > self.at_most:
            raise PydanticCustomError("out-of-range", "at_least lies above at_most")
        return self

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return f"course-level.{self.at_least}-{self.at_most}"


class WholeDiploma(Record):
    """Only a whole registered diploma track; a certificate course does not qualify."""

    kind: Literal["whole_diploma"]

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return "whole-diploma"


class MinHours(Record):
    """The course has at least so many taught or practice hours a year."""

    kind: Literal["min_hours"]
    of: Literal["taught", "practice"]
    hours: Hours

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return f"min-hours.{self.of}.{self.hours}"


class MinClassSize(Record):
    """The class holds at least so many participants at its start; below, the whole amount is lost."""

    kind: Literal["min_class_size"]
    seats: Count

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return f"min-class-size.{self.seats}"


class MaxClassSize(Record):
    """The class holds at most so many participants at its start."""

    kind: Literal["max_class_size"]
    seats: Count

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return f"max-class-size.{self.seats}"


class MinWeeks(Record):
    """The class runs in at least so many calendar weeks."""

    kind: Literal["min_weeks"]
    weeks: Weeks

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return f"min-weeks.{self.weeks}"


class MaxWeeks(Record):
    """The class runs in at most so many calendar weeks."""

    kind: Literal["max_weeks"]
    weeks: Weeks

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return f"max-weeks.{self.weeks}"


class UnbrokenBlock(Record):
    """The course is given in one unbroken piece (block release)."""

    kind: Literal["unbroken_block"]

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return "unbroken-block"


class SameArea(Record):
    """Venue and company lie in the area of the pack; `unless_no_offer` lifts this where no site of the area gives the course."""

    kind: Literal["same_area"]
    unless_no_offer: Bool = False

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return "same-area.unless-no-offer" if self.unless_no_offer else "same-area"


class Attendance(Record):
    """Each participant is present for at least this share of the days; known only afterwards."""

    kind: Literal["attendance"]
    percent: Percent

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return f"attendance.{self.percent}"


class Age(Record):
    """An age rule, with the date against which it is judged; which fields it takes depends on that date.

    Attributes
    ----------
    reference
        `birth_date_cutoff` takes `born_before`; the three others take `at_least` (years). `employment_start` may also take
        `started_before`, the cut-off of the employment itself.
    """

    kind: Literal["age"]
    reference: AgeReference
    at_least: Years | None = None
    born_before: Date | None = None
    started_before: Date | None = None

    @model_validator(mode="after")
    def _fields_fit(self) -> Self:
        cutoff = self.reference == "birth_date_cutoff"
        if cutoff != (self.born_before is not None) or cutoff == (self.at_least is not None):
            wanted = "born_before alone" if cutoff else "at_least and no born_before"
            raise PydanticCustomError("out-of-range", "the reference {reference} takes {wanted}",
                                      {"reference": self.reference, "wanted": wanted})  # fmt: skip
        if self.started_before is not None and self.reference != "employment_start":
            raise PydanticCustomError("out-of-range", "only the reference employment_start takes started_before")
        return self

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        if self.born_before is not None:
            return f"age.born-before-{self.born_before.isoformat()}"
        started = f".started-before-{self.started_before.isoformat()}" if self.started_before else ""
        return f"age.{self.at_least}-on-{self.reference.replace('_', '-')}{started}"


class Counted(Record):
    """Something that a company answers in counts: so many yes, so many no, so many to be asked."""

    kind: Literal["counted"]
    topic: Topic

    @property
    def rule(self) -> str:
        """Return the key of the question."""
        return self.topic.replace("_", "-")


class BenefitKept(Record):
    """Trial placement with the benefit kept: permission before the start, insured, of a fair length, with work in prospect.

    Attributes
    ----------
    min_months, max_months
        Length of the placement.
    prospect_months
        Real prospect of work for so many months afterwards, at the same hours.
    exposure_cents_per_week
        What may be claimed back per participant and week if permission or insurance turns out to be missing; `None` = unknown.
    """

    kind: Literal["benefit_kept"]
    min_months: Months = 2
    max_months: Months = 6
    prospect_months: Months = 6
    exposure_cents_per_week: CentsRange | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_months > self.max_months:
            raise PydanticCustomError("out-of-range", "min_months lies above max_months")
        return self

    @property
    def rule(self) -> str:
        """Return the key of the question about the length; permission, insurance and prospect have keys of their own."""
        return f"benefit-kept.length-{self.min_months}-{self.max_months}-months"

    @property
    def rules(self) -> tuple[str, str, str]:
        """Return the keys of the three questions that are answered in counts."""
        return (
            "benefit-kept.permission-before-start",
            "benefit-kept.insured",
            f"benefit-kept.prospect-{self.prospect_months}-months",
        )


Condition = Annotated[
    CourseLevel
    | WholeDiploma
    | MinHours
    | MinClassSize
    | MaxClassSize
    | MinWeeks
    | MaxWeeks
    | UnbrokenBlock
    | SameArea
    | Attendance
    | Age
    | Counted
    | BenefitKept,
    Field(discriminator="kind"),
]

CONDITION_KINDS = (CourseLevel, WholeDiploma, MinHours, MinClassSize, MaxClassSize, MinWeeks, MaxWeeks, UnbrokenBlock, SameArea,
                   Attendance, Age, Counted, BenefitKept)  # fmt: skip
"""The vocabulary, in the order of the documentation."""

THRESHOLDS = (MinHours, MinClassSize, MaxClassSize, MinWeeks, MaxWeeks, Attendance)
"""Conditions with a number on the other side of which the whole amount is lost."""


def counted_rules(condition: Condition) -> tuple[str, ...]:
    """Return the keys that a company answers in counts for this condition; empty if the course or the class decides it."""
    if isinstance(condition, BenefitKept):
        return condition.rules
    return (condition.rule,) if isinstance(condition, Age | Counted) else ()

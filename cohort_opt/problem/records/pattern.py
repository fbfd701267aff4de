"""How the days of a class follow each other: a block, day release, or a block and then day release."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.fields import Bool, Int
from cohort_opt.problem.records.record import Record

DayPart = Literal["day", "morning", "afternoon"]
"""How much of each of its days a class takes."""
PART_OF_ID: dict[DayPart, str] = {"day": "", "morning": "am", "afternoon": "pm"}


class Block(Record):
    """Block release: `days` consecutive working days (closed days and weekends are skipped).

    Attributes
    ----------
    kind
        `block`.
    days
        Working days in a row, 1 to 60.
    unbroken
        Whether no closed Monday to Friday may lie between its first and its last day.
    part
        Whole days (`day`), or only the `morning` or the `afternoon` of each: rooms and instructors are free in the other half.
    """

    kind: Literal["block"]
    days: Annotated[Int, Field(ge=1, le=60)]
    unbroken: Bool = False
    part: DayPart = "day"

    @property
    def id(self) -> str:
        """Return the pattern's part of a run id, for example `block5`, in the morning `block5am`."""
        return f"block{self.days}{PART_OF_ID[self.part]}"


class DayRelease(Record):
    """Day release: one and the same weekday in `weeks` weeks (weeks in which that day is closed are skipped).

    Attributes
    ----------
    kind
        `day_release`.
    weeks
        Weeks, one day in each, 1 to 60.
    part
        Whole days (`day`), or only the `morning` or the `afternoon` of each: rooms and instructors are free in the other half.
    """

    kind: Literal["day_release"]
    weeks: Annotated[Int, Field(ge=1, le=60)]
    part: DayPart = "day"

    @property
    def id(self) -> str:
        """Return the pattern's part of a run id, for example `release10`, in the afternoon `release10pm`."""
        return f"release{self.weeks}{PART_OF_ID[self.part]}"


class Mixed(Record):
    """Mixed release: a block, then the weekday on which it began in the weeks after its last day (closed days are skipped).

    Attributes
    ----------
    kind
        `mixed`.
    days
        Working days of the block, 1 to 60.
    weeks
        Weeks after it, one day in each, 1 to 60.
    part
        Whole days (`day`), or only the `morning` or the `afternoon` of each: rooms and instructors are free in the other half.
    """

    kind: Literal["mixed"]
    days: Annotated[Int, Field(ge=1, le=60)]
    weeks: Annotated[Int, Field(ge=1, le=60)]
    part: DayPart = "day"

    @property
    def id(self) -> str:
        """Return the pattern's part of a run id, for example `mixed5-10`."""
        return f"mixed{self.days}-{self.weeks}{PART_OF_ID[self.part]}"


Pattern = Annotated[Block | DayRelease | Mixed, Field(discriminator="kind")]
PatternKind = Literal["block", "day_release", "mixed"]

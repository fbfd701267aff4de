"""What companies and academies state, beside the instance: counts per demand line, figures per course. Never a person.

A fact answers a rule for a whole demand line: so many yes, so many no, so many to be asked. There is no row of a trainee and
no birth date in this format, and no field in which one could be kept.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cohort_opt.packs.conditions import Hours, Level
from cohort_opt.problem.fields import MAX_COUNT, Bool, Cents, Count, Date, Id, Int
from cohort_opt.problem.records import Record

Tally = Annotated[Int, Field(ge=0, le=MAX_COUNT)]
RuleKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.+-]{0,199}$")]
NeedFlag = Literal["interpreter", "pace", "tools", "small_group", "accessible_room"]
"""What somebody needs in order to take part; never why."""


class Fact(Record):
    """The answer of a company to one rule for one demand line.

    Attributes
    ----------
    rule
        Key of the question, as a condition prints it; several keys joined by `+` answer how many meet all of them.
    reference_date
        The day on which or for which it was answered.
    yes, no, ask
        Trainees who meet the rule, who do not, and for whom an authority must be asked. They add up to the count of the line.
    """

    rule: RuleKey
    reference_date: Date
    yes: Tally = 0
    no: Tally = 0
    ask: Tally = 0

    @property
    def total(self) -> int:
        """Return yes + no + ask."""
        return self.yes + self.no + self.ask


class Need(Record):
    """Functional needs of `count` trainees of a line, with their effect on cost and seats.

    Attributes
    ----------
    cents_per_day
        What the support costs on each class day, for all `count` together.
    cents_once
        What it costs once.
    extra_seats
        Seats in the class that the support takes (an interpreter who sits beside the trainee).
    """

    flag: NeedFlag
    count: Count
    cents_per_day: Cents = 0
    cents_once: Cents = 0
    extra_seats: Annotated[Int, Field(ge=0, le=20)] = 0


def _by_rule(rows: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(sorted(rows, key=lambda fact: fact.rule))


def _by_flag(rows: tuple[Need, ...]) -> tuple[Need, ...]:
    return tuple(sorted(rows, key=lambda need: need.flag))


class LineFacts(Record):
    """What a company states about one demand line.

    Attributes
    ----------
    demand
        Id of the demand line.
    trial_months
        Length of the trial placement with benefit kept; `None` = not stated.
    paid_hours_per_year
        Paid working hours of one trainee in a year; `None` = not stated.
    boarders
        Trainees who need a bed.
    additional_places
        Places that the company makes in addition to those it had.
    only_if_funded
        Schemes without which the company does not send the line: the wish 'only if funded'.
    """

    demand: Id
    facts: Annotated[tuple[Fact, ...], Field(max_length=200), AfterValidator(_by_rule)] = ()
    needs: Annotated[tuple[Need, ...], Field(max_length=20), AfterValidator(_by_flag)] = ()
    trial_months: Annotated[Int, Field(ge=1, le=60)] | None = None
    paid_hours_per_year: Hours | None = None
    boarders: Tally = 0
    additional_places: Tally = 0
    only_if_funded: Annotated[tuple[Id, ...], Field(max_length=20), AfterValidator(lambda ids: tuple(sorted(set(ids))))] = ()

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        rules = [fact.rule for fact in self.facts]
        if len(set(rules)) < len(rules):
            raise PydanticCustomError("out-of-range", "one rule is answered twice for this line")
        return self


class CourseFacts(Record):
    """What an academy states about one course; `None` = not stated, and then the answer is *ask*.

    Attributes
    ----------
    level
        Level of the qualification; if not stated here, the level of the course in the instance counts.
    whole_diploma
        Whether it is a whole registered diploma track; a course that the instance calls `certificate_only` is none.
    taught_hours, practice_hours
        Per year of the track.
    """

    course: Id
    level: Level | None = None
    whole_diploma: Bool | None = None
    taught_hours: Annotated[Int, Field(ge=0, le=10_000)] | None = None
    practice_hours: Annotated[Int, Field(ge=0, le=10_000)] | None = None


def _by_demand(rows: tuple[LineFacts, ...]) -> tuple[LineFacts, ...]:
    return tuple(sorted(rows, key=lambda row: row.demand))


def _by_course(rows: tuple[CourseFacts, ...]) -> tuple[CourseFacts, ...]:
    return tuple(sorted(rows, key=lambda row: row.course))


class EligibilityFacts(Record):
    """All facts beside one instance. What is not in here is unknown, never false."""

    format: Literal["cohort-opt-facts/1"] = "cohort-opt-facts/1"
    lines: Annotated[tuple[LineFacts, ...], Field(max_length=200_000), AfterValidator(_by_demand)] = ()
    courses: Annotated[tuple[CourseFacts, ...], Field(max_length=5_000), AfterValidator(_by_course)] = ()

    def line(self, demand: str) -> LineFacts:
        """Return what is stated about a demand line; an empty record if nothing is."""
        return next((row for row in self.lines if row.demand == demand), LineFacts(demand=demand))

    def course(self, course: str) -> CourseFacts:
        """Return what is stated about a course; an empty record if nothing is."""
        return next((row for row in self.courses if row.course == course), CourseFacts(course=course))

    def with_line(self, line: LineFacts) -> EligibilityFacts:
        """Return the facts with those of one line replaced or added."""
        others: tuple[Any, ...] = tuple(row for row in self.lines if row.demand != line.demand)
        return EligibilityFacts(lines=(*others, line), courses=self.courses)

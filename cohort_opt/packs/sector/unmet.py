"""Unmet demand by trade and region, missing mentors, inclusion figures: counted, then passed through disclosure control."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cohort_opt.packs.places.mentors import Mentored
from cohort_opt.packs.sector.disclosure import Contributions, Key, Release, may_publish, release
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.fields import Id, Int, Text
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Record
from cohort_opt.solution import PlannedClass

Table = dict[Key, dict[str, int]]
Tally = Annotated[Int, Field(ge=0, le=100_000)]


def unmet_demand(
    instance: Instance,
    classes: Sequence[PlannedClass],
    region_by_municipality: Mapping[str, str],
    before: Release | None = None,
) -> Release:
    """Return how many trainees have no seat, by trade and region, as it may be published.

    Parameters
    ----------
    region_by_municipality
        Names of the regions that the publisher uses; a municipality without one counts as a region of its own.
    before
        The earlier release of this table, for the difference test.
    """
    placed: dict[str, int] = {}
    for planned in classes:
        for member in planned.members:
            placed[member.demand] = placed.get(member.demand, 0) + member.count
    trade = {course.id: course.trade for course in instance.courses}
    town = {company.id: company.municipality for company in instance.companies}
    table: Table = {}
    for line in instance.demands:
        region = region_by_municipality.get(town[line.company], town[line.company])
        _add(table, (trade[line.course], region), line.company, line.count - placed.get(line.id, 0))
    return release(table, before)


def missing_sites(instance: Instance, region_by_municipality: Mapping[str, str], before: Release | None = None) -> Release:
    """Return how many trainees no run suits, because no site that gives their course lies within reach, by trade and region."""
    within = {instance.demands[g].id for g in find_candidates(instance).problem.arc_group.tolist()}
    trade = {course.id: course.trade for course in instance.courses}
    town = {company.id: company.municipality for company in instance.companies}
    table: Table = {}
    for line in instance.demands:
        if line.id not in within:
            region = region_by_municipality.get(town[line.company], town[line.company])
            _add(table, (trade[line.course], region), line.company, line.count)
    return release(table, before)


def missing_mentors(mentored: Iterable[Mentored], before: Release | None = None) -> Release:
    """Return how many trainees have no mentor, by trade, as it may be published."""
    table: Table = {}
    for row in mentored:
        _add(table, (row.need.trade,), row.need.company, row.without)
    return release(table, before)


class Outcome(Record):
    """What became of the starters of one company in one trade: counts only, each part of the one before."""

    company: Id
    trade: Text
    starters: Tally
    finishers: Tally
    placed_after_six_months: Tally

    @model_validator(mode="after")
    def _each_part_of_the_one_before(self) -> Outcome:
        if not self.placed_after_six_months <= self.finishers <= self.starters:
            raise PydanticCustomError("out-of-range", "placed must be at most finishers, and finishers at most starters")
        return self


@dataclass(frozen=True, slots=True)
class InclusionFigures:
    """Starters, finishers and placed after six months, by trade; each table passes disclosure control by itself and so does what
    lies between two of them (who left, who was not placed)."""

    starters: Release
    finishers: Release
    placed: Release

    def rate(self, trade: str) -> tuple[int, int] | None:
        """Return (finishers, starters) of a trade where both are published, else `None`: a rate never stands without both."""
        finishers, starters = self.finishers.persons((trade,)), self.starters.persons((trade,))
        return None if finishers is None or starters is None else (finishers, starters)


def inclusion_figures(outcomes: Iterable[Outcome]) -> InclusionFigures:
    """Return the inclusion figures by trade, as they may be published together.

    A trade appears in all three tables or in none. The difference of two tables (who left early) is a figure as well and must
    pass itself; a difference of nobody does not, for it would say of each company that nobody left.
    """
    outcomes = tuple(outcomes)
    stages: list[Table] = [{}, {}, {}]
    for outcome in outcomes:
        counts = (outcome.starters, outcome.finishers, outcome.placed_after_six_months)
        for table, count in zip(stages, counts, strict=True):
            _add(table, (outcome.trade,), outcome.company, count)
    safe = [key for key in sorted(stages[0]) if all(_steps_pass(stages, key))]
    released = [release({key: table.get(key, {}) for key in safe}) for table in stages]
    return InclusionFigures(*released)


def _steps_pass(stages: list[Table], key: Key) -> Iterable[bool]:
    """Yield for each table, and for each step between two, whether the cell passes."""
    rows: list[Contributions] = [table.get(key, {}) for table in stages]
    for row in rows:
        yield may_publish(row)
    for first, second in ((rows[0], rows[1]), (rows[1], rows[2]), (rows[0], rows[2])):
        left = {name: count - second.get(name, 0) for name, count in first.items() if count > second.get(name, 0)}
        yield may_publish(left)


def _add(table: Table, key: Key, company: str, count: int) -> None:
    if count > 0:
        row = table.setdefault(key, {})
        row[company] = row.get(company, 0) + count

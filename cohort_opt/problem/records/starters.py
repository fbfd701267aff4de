"""What a new course or region must show before a school or a sponsor binds itself: enough starters, several years in a row."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort_opt.problem.fields import Date, Id, Ids, Int, Text
from cohort_opt.problem.records.record import Record, sorted_by

Starters = Annotated[Int, Field(ge=0, le=100_000)]
YearNumber = Annotated[Int, Field(ge=1, le=10)]


class PromisedStarters(Record):
    """Starters of one year that stand in no demand line: they started already, or were promised in writing.

    Attributes
    ----------
    year
        Number of the year of the test, 1 to 10.
    count
        How many, 0 to 100,000.
    """

    year: YearNumber
    count: Starters


class StarterTest(Record):
    """At least `min_starters` start in each of `years` consecutive years; a test of the plan, which forbids nothing.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    min_starters
        Fewest starters of each year, 1 to 100,000.
    years
        How many years in a row, 1 to 10.
    first
        First day of the first year; each year lasts twelve months from its day (29 February counts as 1 March elsewhere).
    courses, companies, sites
        Whose starters count: those of lines of these courses and companies, in classes at these sites; none named = of all.
        Who follows an earlier module (`after`) has started before and does not count.
    promised
        Starters of single years that stand in no demand line.
    """

    id: Id
    name: Text
    min_starters: Annotated[Int, Field(ge=1, le=100_000)]
    years: YearNumber
    first: Date
    courses: Ids = ()
    companies: Ids = ()
    sites: Ids = ()
    promised: Annotated[tuple[PromisedStarters, ...], Field(max_length=10), sorted_by("year")] = ()

"""A company that sends trainees."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort_opt.problem.fields import Cents, Count, Date, Id, Number, Text
from cohort_opt.problem.records.calendar import DatePeriod
from cohort_opt.problem.records.record import Record, sorted_by


class Company(Record):
    """A company that sends trainees.

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    municipality
        Name of the municipality, for eyes only.
    latitude, longitude
        Where its trainees start their journey, degrees (WGS 84).
    closed
        Days on which the company lets nobody go (blackout dates).
    max_away_per_day
        Most trainees that may be away at classes on one and the same day; `None` = no limit.
    max_away_per_week
        Most trainees that may be away on at least one day of the same week, Monday to Friday; `None` = no limit.
    budget_cents, budget_first, budget_last
        What its seats may cost together, over the classes that start between the two days, both included: its equal share of
        each class, rounded up to the cent. `None` = no budget; a day left out = from the first, or to the last day there is.
    """

    id: Id
    name: Text
    municipality: Text
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    closed: Annotated[tuple[DatePeriod, ...], Field(max_length=2_000), sorted_by("first", "last", "name")] = ()
    max_away_per_day: Count | None = None
    max_away_per_week: Count | None = None
    budget_cents: Cents | None = None
    budget_first: Date | None = None
    budget_last: Date | None = None

"""Days on which nothing is taught, absences of rooms and instructors, and the planning horizon."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from cohort_opt.problem.fields import Count, Date, Text
from cohort_opt.problem.records.record import Record, check_order, sorted_by


class DatePeriod(Record):
    """A run of calendar days, both ends included, with the reason that people see.

    `first` must not lie after `last`.

    Attributes
    ----------
    first, last
        First and last day, both included; 2000 to 2100.
    name
        The reason that people see.
    """

    first: Date
    last: Date
    name: Text = "closed"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        return self

    def __contains__(self, day: dt.date) -> bool:
        """Return whether the day lies in the period."""
        return self.first <= day <= self.last


class Absence(Record):
    """Between `first` and `last` (included), `count` rooms or instructors of a pool are away.

    Attributes
    ----------
    first, last
        First and last day, both included; 2000 to 2100.
    count
        How many are away, 1 to 500.
    name
        The reason that people see.
    """

    first: Date
    last: Date
    count: Count = 1
    name: Text = "absent"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        return self


class Calendar(Record):
    """The planning horizon: classes lie wholly between `start` and `end`, never on a closed day.

    Attributes
    ----------
    start, end
        First and last day of the horizon, both included, at most 1,100 days apart.
    closed
        Public and academy holidays. Saturdays and Sundays are never teaching days.
    """

    start: Date
    end: Date
    closed: Annotated[tuple[DatePeriod, ...], Field(max_length=2_000), sorted_by("first", "last", "name")] = ()

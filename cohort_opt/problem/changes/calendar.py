"""Changes of the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import model_validator

from cohort_opt.errors import InstanceError
from cohort_opt.problem.draft import Draft, NamedChange, set_fields
from cohort_opt.problem.fields import Date, Id, Text
from cohort_opt.problem.holidays import HolidaySet, holiday_periods
from cohort_opt.problem.records import check_order


class CloseDays(NamedChange):
    """Days without classes: of one company, or of everybody."""

    kind: Literal["close_days"]
    first: Date
    last: Date
    name: Text = "closed"
    company: Id | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        return self

    def apply_to(self, draft: Draft) -> None:
        """Add the period."""
        owner = draft.document["calendar"] if self.company is None else draft.row("companies", "company", self.company)
        owner["closed"].append(self.model_dump(mode="json", include={"first", "last", "name"}))


class CloseHolidays(NamedChange):
    """A set of holidays without classes, as far as it lies in the horizon: of one company, or of everybody."""

    kind: Literal["close_holidays"]
    holidays: HolidaySet
    company: Id | None = None

    def apply_to(self, draft: Draft) -> None:
        """Add the periods."""
        calendar = draft.document["calendar"]
        owner = calendar if self.company is None else draft.row("companies", "company", self.company)
        first, last = (dt.date.fromisoformat(calendar[end]) for end in ("start", "end"))
        try:
            periods = holiday_periods(self.holidays, first, last)
        except InstanceError as error:
            for found in error.problems:
                draft.problem(found.code, "holidays", found.value, found.rule, found.remedy)
            return
        owner["closed"].extend(period.model_dump(mode="json") for period in periods)


class SetHorizon(NamedChange):
    """The planning period starts or ends on another day; what is not named stays."""

    kind: Literal["set_horizon"]
    start: Date | None = None
    end: Date | None = None

    def apply_to(self, draft: Draft) -> None:
        """Set what is named."""
        set_fields(draft, draft.document["calendar"], self.given("start", "end"))

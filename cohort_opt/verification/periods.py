"""Closed days as merged periods, so that a question about one day costs a bisection, however long the periods are."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter

from cohort_opt.problem.records import DatePeriod


class Periods:
    """A set of days given as periods, both ends included; overlapping periods are merged.

    Parameters
    ----------
    periods
        In any order.
    """

    def __init__(self, periods: Iterable[DatePeriod]) -> None:
        """Sort and merge the periods."""
        self._firsts: list[dt.date] = []
        self._lasts: list[dt.date] = []
        self._names: list[str] = []
        for period in sorted(periods, key=attrgetter("first")):
            if self._lasts and period.first <= self._lasts[-1]:
                self._lasts[-1] = max(self._lasts[-1], period.last)
            else:
                self._firsts.append(period.first)
                self._lasts.append(period.last)
                self._names.append(period.name)

    def __bool__(self) -> bool:
        """Return whether there is any day in the set."""
        return bool(self._firsts)

    def __contains__(self, day: dt.date) -> bool:
        """Return whether the day lies in one of the periods."""
        i = bisect_right(self._firsts, day) - 1
        return i >= 0 and day <= self._lasts[i]

    def name(self, day: dt.date) -> str:
        """Return the name of the (first) period that holds the day; empty if none does."""
        i = bisect_right(self._firsts, day) - 1
        return self._names[i] if i >= 0 and day <= self._lasts[i] else ""

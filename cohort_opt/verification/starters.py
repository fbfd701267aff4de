"""Starters: a test, which forbids nothing: at least so many trainees start in each of several consecutive years.

    firm[y]     = promised[y] + firm trainees in classes that start in year y                for every year y of the test
    expected[y] = promised[y] + sum over all trainees in such classes of their probability
    all[y]      = promised[y] + all trainees in such classes

    kept: firm[y] >= min_starters in every year;  likely: expected[y] is;  possible: all[y] is;  missed: not even that

Year y begins y - 1 years after `first` and lasts twelve months. Lines that follow another one (`after`) have started before.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand, StarterTest
from cohort_opt.verification.case import Case

TEST = "starters"
Outcome: TypeAlias = Literal["kept", "likely", "possible", "missed"]


@dataclass(frozen=True, slots=True)
class StarterYear:
    """What one year of a test shows.

    Parameters
    ----------
    first, last
        First and last day of the year, both included.
    promised
        Starters that stand in no demand line.
    firm, everybody
        Starters with the promised ones: of firm lines alone, and of all.
    expected_hundredths
        The same with each trainee at the probability of the line, in hundredths of a trainee.
    asked
        Trainees of all lines that count and could start in the year, seated or not, with the promised ones.
    """

    first: dt.date
    last: dt.date
    promised: int
    firm: int
    expected_hundredths: int
    everybody: int
    asked: int


@dataclass(frozen=True, slots=True)
class StarterResult:
    """How a test ended, with each of its years."""

    test: StarterTest
    outcome: Outcome
    years: tuple[StarterYear, ...]

    @property
    def weakest(self) -> StarterYear:
        """Return the year that decides: the one with the fewest starters in the reading that the outcome speaks of."""
        reading = {"kept": "firm", "likely": "expected_hundredths"}.get(self.outcome, "everybody")
        return min(self.years, key=lambda year: (getattr(year, reading), year.first))


def applies(instance: Instance) -> bool:
    """Whether anything must be shown."""
    return bool(instance.starter_tests)


def starter_results(case: Case) -> tuple[StarterResult, ...]:
    """Return the result of every test of the instance on a well-formed plan, by id."""
    return tuple(_result(case, test) for test in case.instance.starter_tests)


def _result(case: Case, test: StarterTest) -> StarterResult:
    years = tuple(_year(case, test, number) for number in range(1, test.years + 1))
    least = test.min_starters
    if all(year.firm >= least for year in years):
        return StarterResult(test, "kept", years)
    if all(year.expected_hundredths >= 100 * least for year in years):
        return StarterResult(test, "likely", years)
    return StarterResult(test, "possible" if all(year.everybody >= least for year in years) else "missed", years)


def _year(case: Case, test: StarterTest, number: int) -> StarterYear:
    first = _years_later(test.first, number - 1)
    last = _years_later(test.first, number) - dt.timedelta(days=1)
    promised = sum(row.count for row in test.promised if row.year == number)
    starts = [
        (line, count)
        for planned, line, count in case.seated
        if first <= planned.start <= last and (not test.sites or planned.site in test.sites) and _counts(test, line)
    ]
    able = (line for line in case.instance.demands if line.earliest_start <= last and line.latest_start >= first)
    return StarterYear(
        first,
        last,
        promised,
        firm=promised + sum(count for line, count in starts if line.certainty == "firm"),
        expected_hundredths=100 * promised + sum(count * line.probability_percent for line, count in starts),
        everybody=promised + sum(count for _, count in starts),
        asked=promised + sum(line.count for line in able if _counts(test, line)),
    )


def _counts(test: StarterTest, line: Demand) -> bool:
    """Return whether trainees of the line are starters of the test."""
    of_course = not test.courses or line.course in test.courses
    return of_course and (not test.companies or line.company in test.companies) and line.after is None


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February in a year without one
        return dt.date(day.year + years, 3, 1)

"""A candidate run, and the record of why something cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from cohort_opt.problem.records import DayPart, Offering

Facts: TypeAlias = dict[str, int | str]
"""The values that clash, with units in their names."""


@dataclass(frozen=True, slots=True)
class Run:
    """A candidate run: an offering with a start and a release pattern.

    Parameters
    ----------
    id
        `offering/start/pattern`, then the pool where an alternative teaches; opaque, nothing is parsed out of it.
    dates
        All teaching days, ascending; `dates[0] == start`.
    pattern, kind, part
        Id of the pattern (`block5`), its kind (`block`, `day_release` or `mixed`) and the part of each day that it takes.
    min_seats, max_seats
        Fewest and most trainees in a class, see `class_sizes`.
    """

    id: str
    offering: str
    course: str
    site: str
    room: str
    instructor: str
    start: dt.date
    pattern: str
    kind: str
    dates: tuple[dt.date, ...]
    min_seats: int
    max_seats: int
    part: DayPart = "day"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a run cannot exist, or a demand line cannot attend a run.

    Parameters
    ----------
    subject
        Run id, or `demand @ run`.
    rule
        Name of the rule that forbids it.
    facts
        The values that clash, with units in their names.
    """

    subject: str
    rule: str
    facts: Facts = field(default_factory=dict)


def run_id(offering: str, start: dt.date, pattern: str, alternative: str = "") -> str:
    """Return the id of a run; `alternative` is the pool that teaches it if that is not the offering's own."""
    return "/".join(filter(None, (offering, start.isoformat(), pattern, alternative)))


def runs_at(offering: Offering, start: dt.date, pattern: str) -> Iterator[tuple[str, str]]:
    """Yield (run id, instructor pool) for the offering's own pool and for each alternative."""
    yield run_id(offering.id, start, pattern), offering.instructor
    for pool in offering.instructor_alternatives:
        yield run_id(offering.id, start, pattern, pool), pool

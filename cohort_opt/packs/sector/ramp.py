"""A seven-year ramp: places wanted in the last year, places built each year, and the quality beside the quantity.

A straight line between today and the goal is the plan against which the places that are really foreseen are held; nothing is
forecast. Finishers follow from the starters by the share that finished so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cohort_opt.packs.places.records import RatioTable

YEARS = 7
"""The horizon of the seed text: solutions needed in seven years."""


@dataclass(frozen=True, slots=True)
class RampYear:
    """One year of the ramp.

    Parameters
    ----------
    wanted, foreseen
        Places on the straight line (rounded up), and places that are really foreseen.
    gap
        Places missing; 0 if there are enough.
    finishers
        Of the foreseen places, by the share that finishes, rounded down.
    mentors
        Full-time mentor slots that the foreseen places need.
    """

    year: int
    wanted: int
    foreseen: int
    gap: int
    finishers: int
    mentors: int


def seven_year_ramp(
    first_year: int,
    places_now: int,
    places_wanted: int,
    foreseen: Sequence[int],
    finish_percent: int,
    table: RatioTable,
    trainees_per_mentor: int | None = None,
) -> tuple[RampYear, ...]:
    """Return the ramp from today to the goal, year 1 to 7.

    Parameters
    ----------
    places_now
        Places in the year before `first_year`.
    places_wanted
        Places wanted in the seventh year; at least `places_now`.
    foreseen
        Places foreseen in each of the years; the last one is carried on where the list is shorter.
    finish_percent
        Share of starters who finish, 0 to 100, stated by whoever asks.
    trainees_per_mentor
        How many trainees one mentor should have at most; `None` = the most that the ratio table allows.

    Raises
    ------
    ValueError
        If a figure lies outside its range.
    """
    if not 0 <= finish_percent <= 100:
        raise ValueError(f"finish_percent is {finish_percent}: it must lie between 0 and 100")
    if places_wanted < places_now or places_now < 0:
        raise ValueError(f"places_wanted is {places_wanted}: it must be at least places_now {places_now}, which is at least 0")
    each = trainees_per_mentor or table.full_time_trainees
    rows: list[RampYear] = []
    for i in range(1, YEARS + 1):
        wanted = places_now + -(-(places_wanted - places_now) * i // YEARS)
        there = foreseen[min(i, len(foreseen)) - 1] if foreseen else places_now
        rows.append(
            RampYear(first_year + i - 1, wanted, there, max(0, wanted - there), there * finish_percent // 100, -(-there // each))
        )
    return tuple(rows)

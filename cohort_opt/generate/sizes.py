"""How large each size is. A and B follow the reference scenarios of the trade; L and XL are a province and a country.

All figures are invented and plausible (2026-10); companies and trainees are met exactly, whatever the seed.
"""

from dataclasses import dataclass
from typing import Literal

Size = Literal["A", "B", "L", "XL"]
"""The sizes that can be generated."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The figures of one size.

    Parameters
    ----------
    companies, lines, trainees
        How many of each there are in all.
    hubs, hub_spacing_km
        Training regions, each around one of the largest towns, so far apart.
    towns
        Municipalities of a region with one hub; 0 = every town belongs to its nearest hub.
    sites, instructors, rooms
        Per region: sites; instructors in each family's pool; rooms in each pool.
    trades, levels
        Which trades are taught (empty = all of the table) and how many levels each has.
    every_weeks
        A course may start in each so-manieth week.
    horizon_weeks
        Length of the calendar from the first Monday of January 2027.
    travel_km
        Travel limits that the lines draw from.
    """

    companies: int
    lines: int
    trainees: int
    hubs: int
    hub_spacing_km: int
    towns: int
    sites: int
    instructors: int
    rooms: int
    trades: tuple[str, ...]
    levels: int
    every_weeks: int
    horizon_weeks: int
    travel_km: tuple[int, ...]
    max_parallel: int = 1


SCALES: dict[Size, Scale] = {
    "A": Scale(
        companies=20, lines=30, trainees=46, hubs=1, hub_spacing_km=0, towns=5, sites=1, instructors=2, rooms=2,
        trades=("drilling-basic", "sawing", "fire-stopping"), levels=1, every_weeks=6, horizon_weeks=26,
        travel_km=(25, 40, 60),
    ),
    "B": Scale(
        companies=95, lines=180, trainees=230, hubs=1, hub_spacing_km=0, towns=8, sites=3, instructors=3, rooms=2,
        trades=("scaffolding", "heating", "welding", "pipe-fitting", "electrical", "carpentry"), levels=2, every_weeks=3,
        horizon_weeks=51, travel_km=(30, 45, 60), max_parallel=2,
    ),
    "L": Scale(
        companies=2_000, lines=3_800, trainees=7_000, hubs=22, hub_spacing_km=22, towns=0, sites=2, instructors=4, rooms=3,
        trades=(), levels=1, every_weeks=2, horizon_weeks=51, travel_km=(30, 40, 50, 60), max_parallel=2,
    ),
    "XL": Scale(
        companies=20_000, lines=36_000, trainees=100_000, hubs=80, hub_spacing_km=9, towns=0, sites=2, instructors=12, rooms=8,
        trades=(), levels=2, every_weeks=3, horizon_weeks=51, travel_km=(12, 18, 25, 30), max_parallel=4,
    ),
}  # fmt: skip
"""The scale of each size."""

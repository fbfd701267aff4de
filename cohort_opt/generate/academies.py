"""The academy side: courses, sites, and rooms and instructors that several courses share."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.sizes import Scale
from cohort_opt.generate.towns import Town
from cohort_opt.problem.fields import Weekday
from cohort_opt.problem.records import Absence, Block, Calendar, Course, DayRelease, InstructorPool, Offering, RoomPool, Site


@dataclass(frozen=True, slots=True)
class Trade:
    """One row of `trades.csv`: what a course takes and costs, and in which kind of room."""

    id: str
    family: str
    room: str
    block_days: int
    release_weeks: int
    min_seats: int
    max_seats: int
    fixed_cents: int
    seat_cents: int
    weight: int


@dataclass(frozen=True, slots=True)
class Academies:
    """The academy side of an instance; `taught[hub]` lists the ids of the courses of a region."""

    courses: tuple[Course, ...]
    sites: tuple[Site, ...]
    rooms: tuple[RoomPool, ...]
    instructors: tuple[InstructorPool, ...]
    offerings: tuple[Offering, ...]
    trades: dict[str, Trade]
    taught: dict[str, tuple[str, ...]]


def read_trades() -> tuple[Trade, ...]:
    """Return the trades of `trades.csv`, in its order."""
    text = (files("cohort_opt.generate") / "trades.csv").read_text(encoding="utf-8")
    return tuple(_trade(row) for row in csv.DictReader(text.splitlines()))


def _trade(row: dict[str, str]) -> Trade:
    numbers = {name: int(value) for name, value in row.items() if name not in ("trade", "family", "room")}
    return Trade(id=row["trade"], family=row["family"], room=row["room"], **numbers)


def make_academies(
    dice: Dice, scale: Scale, hubs: tuple[Town, ...], towns: dict[str, list[Town]], calendar: Calendar
) -> Academies:
    """Return courses, sites, pools and offerings of all regions."""
    trades = dict(_levels([t for t in read_trades() if not scale.trades or t.id in scale.trades], scale.levels))
    courses = tuple(_course(name, trade) for name, trade in trades.items())
    sites: list[Site] = []
    rooms: list[RoomPool] = []
    instructors: list[InstructorPool] = []
    offerings: list[Offering] = []
    taught: dict[str, tuple[str, ...]] = {}
    for number, hub in enumerate(hubs, start=1):
        region = f"r{number:02d}"
        here = _sites(region, hub, towns[hub.name], scale)
        pools = [pool for site in here for pool in _rooms(dice, site, scale, calendar)]
        crews = _instructors(dice, region, sorted({trade.family for trade in trades.values()}), scale, calendar)
        # Not every region teaches everything, except where there is but one.
        names = [name for name in trades if scale.hubs == 1 or not dice.one_in(5)]
        offerings += [o for name in names for o in _offerings(dice, name, trades[name], here, region, scale, calendar)]
        sites, rooms, instructors = sites + here, rooms + pools, instructors + crews
        taught[hub.name] = tuple(names)
    return Academies(courses, tuple(sites), tuple(rooms), tuple(instructors), tuple(offerings), trades, taught)


def _levels(trades: list[Trade], levels: int) -> Iterator[tuple[str, Trade]]:
    """Yield (course id, trade) for each level; a higher level costs a tenth more."""
    for trade in trades:
        for level in range(1, levels + 1):
            dearer = replace(
                trade,
                fixed_cents=trade.fixed_cents * (9 + level) // 10,
                seat_cents=trade.seat_cents * (9 + level) // 10,
            )
            yield (trade.id if levels == 1 else f"{trade.id}-{level}"), dearer


def _course(name: str, trade: Trade) -> Course:
    patterns = [Block(kind="block", days=trade.block_days)]
    weeks = [DayRelease(kind="day_release", weeks=trade.release_weeks)] if trade.release_weeks else []
    title = name.replace("-", " ").capitalize()
    return Course(
        id=name, name=title, trade=trade.family, min_seats=trade.min_seats, max_seats=trade.max_seats,
        patterns=(*patterns, *weeks),
    )  # fmt: skip


def _sites(region: str, hub: Town, towns: list[Town], scale: Scale) -> list[Site]:
    """Return one workshop in the hub and schools in the hub and in its next larger town."""
    places = [("workshop", hub), ("school", towns[1] if len(towns) > 1 else hub), ("school-2", hub)]
    return [
        Site(
            id=f"{region}-{kind}", name=f"{kind.replace('-', ' ').capitalize()} {town.name}", municipality=town.name,
            latitude=town.latitude / 10_000, longitude=town.longitude / 10_000,
        )
        for kind, town in places[: scale.sites]
    ]  # fmt: skip


def _rooms(dice: Dice, site: Site, scale: Scale, calendar: Calendar) -> list[RoomPool]:
    seats = 12 if "workshop" in site.id else 16
    absences = (_absence(dice, calendar, "maintenance"),) if scale.rooms > 1 else ()
    return [
        RoomPool(
            id=f"{site.id}-bays", name=f"Bays of {site.name}", site=site.id, count=scale.rooms, seats=seats, absences=absences
        )
    ]


def _instructors(dice: Dice, region: str, families: list[str], scale: Scale, calendar: Calendar) -> list[InstructorPool]:
    """Return one pool per family; families share the rooms, so that no trade can be planned on its own."""
    return [
        InstructorPool(
            id=f"{region}-{family}", name=f"Instructors {family} {region}", count=scale.instructors,
            absences=(_absence(dice, calendar, "leave"), _absence(dice, calendar, "leave")),
        )
        for family in families
    ]  # fmt: skip


def _absence(dice: Dice, calendar: Calendar, name: str) -> Absence:
    weeks = (calendar.end - calendar.start).days // 7
    first = calendar.start + dt.timedelta(weeks=dice.between(0, weeks - 2))
    return Absence(first=first, last=first + dt.timedelta(days=4), count=1, name=name)


def _offerings(
    dice: Dice, course: str, trade: Trade, sites: list[Site], region: str, scale: Scale, calendar: Calendar
) -> Iterator[Offering]:
    """Yield the offering at the site of its kind and, for one course in three, at a second site."""
    able = [site for site in sites if len(sites) == 1 or trade.room in site.id] or sites
    places = able[:1] if not dice.one_in(3) else [able[0], *[site for site in sites if site not in able[:1]][:1]]
    for site in places:
        first = calendar.start + dt.timedelta(weeks=dice.between(1, scale.every_weeks))
        other = dice.pick((Weekday.TUE, Weekday.THU, Weekday.FRI))
        weekdays = (Weekday.MON, other) if trade.release_weeks and dice.one_in(2) else (Weekday.MON,)
        yield Offering(
            id=f"{course}.{site.id}", course=course, site=site.id, room=f"{site.id}-bays", instructor=f"{region}-{trade.family}",
            first_start=first, last_start=calendar.end - dt.timedelta(weeks=4), start_weekdays=weekdays,
            every_weeks=scale.every_weeks, max_parallel=scale.max_parallel,
            fixed_cents=trade.fixed_cents + 5_000 * dice.between(-4, 4), seat_cents=trade.seat_cents,
        )  # fmt: skip

"""Who could attend which run: rules between one demand line and one run, evaluated for all pairs at once.

`blockers` says the same for one pair in words; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.compact import Bools, Ints
from cohort_opt.problem.couplings.combination import courses_taught
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.line_parts import smallest_part
from cohort_opt.problem.line_rules import allowing
from cohort_opt.problem.line_rules.class_size_wish import wished_sizes
from cohort_opt.problem.rates import Distances, starts_of_lines
from cohort_opt.problem.run import Run
from cohort_opt.problem.schedule import TeachingDays, monday_of

Key = TypeVar("Key", bound=Hashable)

_KINDS = {"block": 1, "day_release": 2, "mixed": 4}
MAX_MINUTES = 10**9
"""More than any journey takes at the slowest speed: the time of a line without a limit."""
_MATCH_BUDGET = 2_000_000
"""Pairs of line and run looked at in one piece; keeps the memory of a piece under about 100 MB."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """All pairs (line, run) that no rule forbids, sorted by (run, group); arrays of shape (A,)."""

    group: Ints
    run: Ints
    cents: Ints
    min_size: Ints


@dataclass(frozen=True, slots=True)
class RunTable:
    """What the rules need to know of each run, as arrays of shape (R,)."""

    start: Ints
    num_days: Ints
    num_weeks: Ints
    """Weeks with a class day."""
    weekdays: Ints
    kind: Ints
    site: Ints
    seat_cents: Ints
    fixed_cents: Ints
    max_seats: Ints
    day_start: Ints
    """Run r takes the days day_index[day_start[r] : day_start[r + 1]]; shape (R + 1,)."""
    day_index: Ints
    """Positions in the calendar's teaching days."""

    @classmethod
    def of(cls, instance: Instance, runs: Sequence[Run], days: TeachingDays) -> RunTable:
        """Return the table of these runs."""
        site = {s.id: i for i, s in enumerate(instance.sites)}
        offering = {o.id: o for o in instance.offerings}
        position, costs = days.position, ClassCosts.of(instance)
        counts = np.array([len(run.dates) for run in runs], dtype=np.int64)
        return cls(
            start=_ints(run.start.toordinal() for run in runs),
            num_days=counts,
            num_weeks=_ints(len({monday_of(day) for day in run.dates}) for run in runs),
            weekdays=_ints(_mask(day.weekday() for day in run.dates) for run in runs),
            kind=_ints(_KINDS[run.kind] for run in runs),
            site=_ints(site[run.site] for run in runs),
            seat_cents=_ints(offering[run.offering].seat_cents for run in runs),
            fixed_cents=_ints(costs.fixed_cents(run) for run in runs),
            max_seats=_ints(run.max_seats for run in runs),
            day_start=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)]).astype(np.int64),
            day_index=_ints(position[day] for run in runs for day in run.dates),
        )

    def days_of(self, runs: Ints) -> Ints:
        """Return the day positions of these runs one after another; shape (sum of their numbers of days,)."""
        repeats = self.num_days[runs]
        total = int(repeats.sum())
        first = np.repeat(self.day_start[runs], repeats)
        offset = np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        return np.asarray(self.day_index[first + offset], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ways:
    """How the trainees of each line get to each site, as arrays of shape (G, S)."""

    km: Ints
    is_daily: Bools
    """Whether the journey is within the line's limits."""
    may_stay: Bools
    """Whether the line would stay at the site beyond its limits."""
    stay_cents: Ints
    """Price of a week at each site, shape (S,)."""

    @classmethod
    def of(cls, instance: Instance) -> Ways:
        """Return the ways of an instance."""
        distances, start = Distances.of(instance), starts_of_lines(instance)
        km, minutes = distances.km[start], distances.minutes[start]
        most_km = np.array([d.max_travel_km for d in instance.demands], dtype=np.int64)[:, None]
        longest = [MAX_MINUTES if d.max_travel_minutes is None else d.max_travel_minutes for d in instance.demands]
        stays = np.array([d.accepts_boarding for d in instance.demands], dtype=np.bool_)[:, None]
        beds = np.array([site.beds for site in instance.sites], dtype=np.int64)[None, :]
        return cls(
            km=km,
            is_daily=(km <= most_km) & (minutes <= np.array(longest, dtype=np.int64)[:, None]),
            may_stay=stays & (beds > 0),
            stay_cents=np.array([site.boarding_cents_per_week for site in instance.sites], dtype=np.int64),
        )


@dataclass(frozen=True, slots=True)
class LineTable:
    """What the rules need to know of each demand line, as arrays of shape (G,)."""

    company: Ints
    earliest: Ints
    latest: Ints
    weekdays: Ints
    kinds: Ints
    part: Ints
    cap: Ints
    """Most cents for a seat; -1 = any."""
    most_away: Ints
    """Most trainees of the company away on one day; a large number where there is no limit."""

    @classmethod
    def of(cls, instance: Instance) -> LineTable:
        """Return the table of the instance's demand lines."""
        demands = instance.demands
        index = {c.id: i for i, c in enumerate(instance.companies)}
        away = {c.id: c.max_away_per_day for c in instance.companies}
        return cls(
            company=_ints(index[d.company] for d in demands),
            earliest=_ints(d.earliest_start.toordinal() for d in demands),
            latest=_ints(d.latest_start.toordinal() for d in demands),
            weekdays=_ints(_mask(day.number for day in d.weekdays) for d in demands),
            kinds=_ints(sum(_KINDS[kind] for kind in set(d.patterns)) for d in demands),
            part=_ints(smallest_part(d) for d in demands),
            cap=_ints(-1 if d.max_seat_price_cents is None else d.max_seat_price_cents for d in demands),
            most_away=_ints(away[d.company] or 10**6 for d in demands),
        )


def find_arcs(instance: Instance, runs: Sequence[Run], table: RunTable, days: TeachingDays) -> Arcs:
    """Return all pairs that no rule forbids. `runs` are sorted by id; the order of arcs is (run, group)."""
    lines = LineTable.of(instance)
    way = Ways.of(instance)
    closed = _closed_days(instance, days)
    more_rules = allowing(instance, runs)
    groups_of = _positions(d.course for d in instance.demands)
    taught = courses_taught(instance)
    runs_of = _positions((taught[run.offering], int(site)) for run, site in zip(runs, table.site, strict=True))
    found: list[tuple[Ints, Ints]] = []
    for (courses, site), run_index in sorted(runs_of.items()):
        group_index = np.concatenate([groups_of.get(course, np.zeros(0, dtype=np.int64)) for course in courses])
        near = group_index[way.is_daily[group_index, site] | way.may_stay[group_index, site]]
        step = max(1, _MATCH_BUDGET // max(1, len(near)))
        for at in range(0, len(run_index), step):
            part = run_index[at : at + step]
            fits = _fits(lines, table, near, part) & ~_meets_closed_day(closed, lines, table, near, part)
            for allows in more_rules:
                fits &= allows(near, part)
            g, r = np.nonzero(fits)
            found.append((near[g], part[r]))
    return _priced(instance, lines, table, way, *_without_bans(instance, runs, *_joined(found)))


def _fits(lines: LineTable, table: RunTable, g: Ints, r: Ints) -> Bools:
    """Return shape (len(g), len(r)): start in the window, weekdays and pattern accepted, smallest part seated."""
    start, weekdays = table.start[r][None, :], table.weekdays[r][None, :]
    part = lines.part[g][:, None]
    return np.asarray(
        (start >= lines.earliest[g][:, None])
        & (start <= lines.latest[g][:, None])
        & ((weekdays & ~lines.weekdays[g][:, None]) == 0)
        & ((table.kind[r][None, :] & lines.kinds[g][:, None]) != 0)
        & (part <= np.minimum(table.max_seats[r][None, :], lines.most_away[g][:, None])),
        dtype=np.bool_,
    )


def _closed_days(instance: Instance, days: TeachingDays) -> Bools:
    """Return shape (companies, teaching days): whether the company lets nobody go."""
    closed = np.zeros((len(instance.companies), len(days.ordered)), dtype=np.bool_)
    ordinals = np.array([day.toordinal() for day in days.ordered], dtype=np.int64)
    for i, company in enumerate(instance.companies):
        for period in company.closed:
            closed[i, (ordinals >= period.first.toordinal()) & (ordinals <= period.last.toordinal())] = True
    return closed


def _meets_closed_day(closed: Bools, lines: LineTable, table: RunTable, g: Ints, r: Ints) -> Bools:
    """Return shape (len(g), len(r)): whether a day of the run is closed at the line's company."""
    meets = np.zeros((len(g), len(r)), dtype=np.bool_)
    some = np.nonzero(closed[lines.company[g]].any(axis=1))[0]
    if len(some):
        taken = np.zeros((closed.shape[1], len(r)), dtype=np.float32)
        for column, run in enumerate(r):
            taken[table.day_index[table.day_start[run] : table.day_start[run + 1]], column] = 1
        meets[some] = closed[lines.company[g[some]]].astype(np.float32) @ taken > 0
    return meets


def _joined(found: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    group = np.concatenate([g for g, _ in found]).astype(np.int64)
    run = np.concatenate([r for _, r in found]).astype(np.int64)
    order = np.lexsort((group, run))
    return group[order], run[order]


def _without_bans(instance: Instance, runs: Sequence[Run], group: Ints, run: Ints) -> tuple[Ints, Ints]:
    line = {d.id: i for i, d in enumerate(instance.demands)}
    number = {candidate.id: i for i, candidate in enumerate(runs)}
    keep = np.ones(len(group), dtype=np.bool_)
    for ban in instance.bans:
        if ban.demand is not None and ban.run in number:
            keep &= ~((group == line[ban.demand]) & (run == number[ban.run]))
    return group[keep], run[keep]


def _priced(instance: Instance, lines: LineTable, table: RunTable, way: Ways, group: Ints, run: Ints) -> Arcs:
    """Price every pair; drop those whose price cap no class size satisfies."""
    prices = instance.prices
    seat, fixed, cap = table.seat_cents[run], table.fixed_cents[run], lines.cap[group]
    possible = (cap < 0) | (cap > seat) | ((cap == seat) & (fixed == 0))
    size = np.where((cap >= 0) & (fixed > 0), -(-fixed // np.maximum(1, cap - seat)), 0)
    size = np.maximum(size, wished_sizes(instance)[group])
    keep = possible & (size <= table.max_seats[run])
    group, run, seat, size = group[keep], run[keep], seat[keep], size[keep]
    site = table.site[run]
    times = np.where(way.is_daily[group, site], table.num_days[run], table.num_weeks[run])
    journey = way.km[group, site] * 2 * times * prices.travel_cents_per_km
    journey += np.where(way.is_daily[group, site], 0, table.num_weeks[run] * way.stay_cents[site])
    waiting = (table.start[run] - lines.earliest[group]) // 7 * prices.waiting_cents_per_week
    return Arcs(group, run, seat + journey + waiting, size)


def _positions(keys: Iterable[Key]) -> dict[Key, Ints]:
    """Return the positions of each distinct key, ascending."""
    found: dict[Key, list[int]] = {}
    for i, key in enumerate(keys):
        found.setdefault(key, []).append(i)
    return {key: np.array(where, dtype=np.int64) for key, where in found.items()}


def _ints(values: Iterator[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _mask(numbers: Iterator[int]) -> int:
    return sum(1 << number for number in set(numbers))

"""Places as capacity of a plan: hosts, mentors, guidance, rotation, check-ins and follow-on places as quotas of seats.

Who stays longer can use fewer slots: a class that ends on day e uses only what lasts until e. Such slots are nested, so the plan
fits exactly if for every day t those who stay until t or longer find enough that lasts until t (Hall 1935); of several companies
with mentors of their own and a pool, if what each of them lacks, at its worst day from t on, fits together into the pool.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from cohort_opt.packs.payment import months_later
from cohort_opt.packs.places.check import FOLLOW_ON_MONTHS, german_norm
from cohort_opt.packs.places.hosts import gate_findings
from cohort_opt.packs.places.records import CheckInSlot, HostPlace, MentorSlot, Places, RatioTable
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand, QuotaAllowance, QuotaKind, QuotaUse, SeatQuota

ONE_DAY = dt.timedelta(days=1)
Lines = dict[str, tuple[str, ...]]
"""Ids of demand lines by company."""


def placed(instance: Instance, places: Places, table: RatioTable | None = None) -> Instance:
    """Return the instance in which no plan needs more places, mentors and visits than there are; wishes have their prices.

    Every seat needs a place at the own company and a mentor, own or of the pool, until the last day of its class. Check-in
    windows that overlap are taken together: then `check_places` may still find one too small.
    """
    table = table or german_norm()
    quotas: list[SeatQuota] = []
    trade = {course.id: course.trade for course in instance.courses}
    for number, name in enumerate(sorted({trade[line.course] for line in instance.demands}), start=1):
        demands = [line for line in instance.demands if trade[line.course] == name]
        quotas += _trade(f"t{number}", name, demands, places, table)
    quotas += _check_ins(instance, places)
    if places.require_follow_on:
        quotas += _follow_ons(instance, places)
    return Instance.model_validate({**dict(instance), "seat_quotas": (*instance.seat_quotas, *quotas)})


def _trade(tag: str, trade: str, demands: Sequence[Demand], places: Places, table: RatioTable) -> Iterator[SeatQuota]:
    lines = _by_company(demands)
    usable = [host for host in places.hosts if host.trade == trade and not any(gate_findings(host, places.gate))]
    yield from _hosts(tag, lines, [host for host in usable if host.recognised_until is not None], table)
    yield from _rotation(tag, lines, usable, [task for row in places.trade_tasks if row.trade == trade for task in row.tasks])
    slots = [slot for slot in places.mentors if slot.trade == trade]
    yield from _shared(f"mentors.{tag}", "mentors", lines, slots, table.trainees_of, 1)
    if hours := places.gate.guidance_hours_per_week:
        yield from _shared(f"guidance.{tag}", "guidance", lines, slots, lambda slot: slot.hours_per_week, hours)
    if places.one_to_one_cents:
        yield _one_to_one(f"one-to-one.{tag}", lines, slots, places.one_to_one_cents)
    following = _by_company([line for line in demands if line.after is not None])
    if places.continuity_cents and following:
        yield _continuity(f"continuity.{tag}", following, slots, table, places.continuity_cents)


def _by_company(demands: Iterable[Demand]) -> Lines:
    found: dict[str, list[str]] = {}
    for line in demands:
        found.setdefault(line.company, []).append(line.id)
    return {company: tuple(ids) for company, ids in sorted(found.items())}


def _hosts(tag: str, lines: Lines, usable: Sequence[HostPlace], table: RatioTable) -> Iterator[SeatQuota]:
    """Yield for each company and each day on which a recognition ends what it has room for after it."""
    for company, ids in lines.items():
        own = [host for host in usable if host.company == company]
        ends = sorted({host.recognised_until for host in own if host.recognised_until is not None})
        for number, day in enumerate([None, *(end + ONE_DAY for end in ends)]):
            there = [host for host in own if day is None or (host.recognised_until is not None and host.recognised_until >= day)]
            room = min(sum(host.places for host in there), table.trainees_for(sum(host.skilled_workers for host in there)))
            use = QuotaUse(demands=ids, ends_from=day)
            yield SeatQuota(id=f"host.{tag}.{company}.{number}"[:64], kind="host_places", limit=room, uses=(use,))


def _rotation(tag: str, lines: Lines, usable: Sequence[HostPlace], tasks: Sequence[str]) -> Iterator[SeatQuota]:
    """Yield for each task what others take in of companies that cannot teach it."""
    for number, task in enumerate(tasks, start=1):
        teach = [host for host in usable if task in host.tasks]
        able = {host.company for host in teach}
        without = tuple(line for company, ids in lines.items() if company not in able for line in ids)
        if without:
            limit = sum(host.rotation_places for host in teach)
            yield SeatQuota(id=f"rotation.{tag}.{number}", kind="rotation", limit=limit, uses=(QuotaUse(demands=without),))


def _shared(
    name: str, kind: QuotaKind, lines: Lines, slots: Sequence[MentorSlot], size: Callable[[MentorSlot], int], amount: int
) -> Iterator[SeatQuota]:
    """Yield for each day from which on fewer slots are there: what companies lack of their own fits into the pool."""
    days = [None, *(end + ONE_DAY for end in sorted({slot.until for slot in slots}))]
    for number, day in enumerate(days):
        uses, allowances = _blocks(lines, slots, size, amount, days[number:])
        limit = sum(size(slot) for slot in slots if slot.pool and _lasts(slot, day))
        yield SeatQuota(id=f"{name}.{number}", kind=kind, limit=limit, uses=uses, allowances=allowances)


def _blocks(
    lines: Lines, slots: Sequence[MentorSlot], size: Callable[[MentorSlot], int], amount: int, days: Sequence[dt.date | None]
) -> tuple[tuple[QuotaUse, ...], tuple[QuotaAllowance, ...]]:
    """Return one block per company and one step per day: those who stay until it, less the own slots that last until it."""
    uses: list[QuotaUse] = []
    allowances: list[QuotaAllowance] = []
    for company, ids in lines.items():
        for step, day in enumerate(days, start=1):
            own = sum(size(slot) for slot in slots if not slot.pool and slot.company == company and _lasts(slot, day))
            uses.append(QuotaUse(block=company, step=step, demands=ids, amount=amount, ends_from=day))
            if own:
                allowances.append(QuotaAllowance(block=company, step=step, free=own))
    return tuple(uses), tuple(allowances)


def _lasts(slot: MentorSlot, day: dt.date | None) -> bool:
    return day is None or slot.until >= day


def _one_to_one(name: str, lines: Lines, slots: Sequence[MentorSlot], cents: int) -> SeatQuota:
    uses, allowances = _blocks(lines, slots, lambda slot: 1, 1, [None])
    limit = sum(slot.pool for slot in slots)
    return SeatQuota(id=name, kind="one_to_one", limit=limit, cents_over=cents, uses=uses, allowances=allowances)


def _continuity(name: str, lines: Lines, slots: Sequence[MentorSlot], table: RatioTable, cents: int) -> SeatQuota:
    days = [None, *(end + ONE_DAY for end in sorted({slot.until for slot in slots}))]
    uses, allowances = _blocks(lines, slots, table.trainees_of, 1, days)
    return SeatQuota(id=name, kind="continuity", limit=0, cents_over=cents, uses=uses, allowances=allowances)


def _check_ins(instance: Instance, places: Places) -> Iterator[SeatQuota]:
    """Yield for each window, and for the days in none, how many visits there is room for."""
    months = sorted(set(places.check_in_months))
    if not places.check_ins or not instance.demands:
        return
    every = tuple(line.id for line in instance.demands)
    windows = _merged(places.check_ins)
    uses: dict[int, list[QuotaUse]] = {}
    for after in months:
        for number, first, last in _spans(instance, windows, after):
            uses.setdefault(number, []).append(QuotaUse(demands=every, ends_from=first, ends_until=last))
    for number, found in sorted(uses.items()):
        limit = windows[number][2] if number >= 0 else 0
        yield SeatQuota(id=f"check-in.{number + 1}", kind="check_ins", limit=limit, uses=tuple(found))


def _merged(slots: Iterable[CheckInSlot]) -> list[tuple[dt.date, dt.date, int]]:
    """Return windows that do not overlap, with what they hold together."""
    found: list[tuple[dt.date, dt.date, int]] = []
    for slot in sorted(slots, key=lambda slot: (slot.first, slot.last, slot.id)):
        if found and slot.first <= found[-1][1]:
            first, last, holds = found.pop()
            found.append((first, max(last, slot.last), holds + slot.capacity))
        else:
            found.append((slot.first, slot.last, slot.capacity))
    return found


def _spans(
    instance: Instance, windows: Sequence[tuple[dt.date, dt.date, int]], after: int
) -> Iterator[tuple[int, dt.date, dt.date]]:
    """Yield (window or -1, first, last) of the days of the calendar whose visit, so many months later, falls into the window."""
    calendar = instance.calendar
    start, number = calendar.start, _window(windows, months_later(calendar.start, after))
    for offset in range(1, (calendar.end - calendar.start).days + 1):
        day = calendar.start + offset * ONE_DAY
        now = _window(windows, months_later(day, after))
        if now != number:
            yield number, start, day - ONE_DAY
            start, number = day, now
    yield number, start, calendar.end


def _window(windows: Sequence[tuple[dt.date, dt.date, int]], day: dt.date) -> int:
    return next((i for i, (first, last, _) in enumerate(windows) if first <= day <= last), -1)


def _follow_ons(instance: Instance, places: Places) -> Iterator[SeatQuota]:
    """Yield for each line and each day up to which the same promises come in time how many seats they carry."""
    calendar = instance.calendar
    days = [calendar.start + i * ONE_DAY for i in range((calendar.end - calendar.start).days + 1)]
    for line in instance.demands:
        promises = [promise for promise in places.follow_ons if promise.demand == line.id]
        held = [sum(p.count for p in promises if p.by <= months_later(day, FOLLOW_ON_MONTHS)) for day in days]
        edges = [i for i in range(len(days)) if i + 1 == len(days) or held[i + 1] != held[i]]
        for number, i in enumerate(edges):
            if held[i] < line.count:
                use = QuotaUse(demands=(line.id,), ends_until=days[i])
                yield SeatQuota(id=f"follow-on.{line.id}.{number}"[:64], kind="follow_on", limit=held[i], uses=(use,))

"""Mentors: who has one of the own company, who one of the pool, and who none.

Own slots serve first. What they leave goes to the pool of the trade: the trainees who stay longest choose first, because a slot
that lasts for them lasts for all others too; so no other choice of slots serves more trainees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cohort_opt.packs.places.records import MentorSlot, RatioTable


@dataclass(frozen=True, slots=True, order=True)
class MentorNeed:
    """`count` trainees of a company and trade need a mentor until `last_day`."""

    company: str
    trade: str
    last_day: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class Mentored:
    """What a need was given.

    Parameters
    ----------
    own, pool
        Trainees with a slot of their company, and of the pool.
    slots
        Ids of the slots used, with the number of trainees of each.
    """

    need: MentorNeed
    own: int
    pool: int
    slots: tuple[tuple[str, int], ...]

    @property
    def without(self) -> int:
        """Return how many have no mentor."""
        return self.need.count - self.own - self.pool

    @property
    def one_to_one(self) -> int:
        """Return how many are alone with their mentor in this need: the wish is one mate per master."""
        return sum(1 for _, count in self.slots if count == 1)


def share_mentors(needs: Iterable[MentorNeed], slots: Iterable[MentorSlot], table: RatioTable) -> tuple[Mentored, ...]:
    """Return who is served by which slots, sorted by company, trade and last day.

    Trainees are spread over the own slots as evenly as they go, toward one to one; ties go to the id.
    """
    slots = sorted(slots, key=lambda slot: slot.id)
    free = {slot.id: table.trainees_of(slot) for slot in slots}
    used: dict[MentorNeed, dict[str, int]] = {}
    ordered = sorted(needs, key=lambda need: (-need.last_day.toordinal(), need.company, need.trade, need.count))
    for pooled in (False, True):
        for need in ordered:
            given = used.setdefault(need, {})
            fitting = [slot for slot in slots if slot.pool == pooled and slot.trade == need.trade and slot.until >= need.last_day]
            fitting = [slot for slot in fitting if pooled or slot.company == need.company]
            for _ in range(need.count - sum(given.values())):
                slot = _next(fitting, free, given, need.company)
                if slot is None:
                    break
                free[slot.id] -= 1
                given[slot.id] = given.get(slot.id, 0) + 1
    pool_ids = {slot.id for slot in slots if slot.pool}
    return tuple(_mentored(need, used[need], pool_ids) for need in sorted(used))


def _next(fitting: list[MentorSlot], free: dict[str, int], given: dict[str, int], company: str) -> MentorSlot | None:
    """Return the slot for the next trainee: at home first, least laden by this need, latest end last (it serves the others)."""
    open_slots = [slot for slot in fitting if free[slot.id] > 0]
    if not open_slots:
        return None
    return min(open_slots, key=lambda slot: (slot.company != company, given.get(slot.id, 0), slot.until, slot.id))


def _mentored(need: MentorNeed, given: dict[str, int], pool_ids: set[str]) -> Mentored:
    pool = sum(count for name, count in given.items() if name in pool_ids)
    return Mentored(need, sum(given.values()) - pool, pool, tuple(sorted(given.items())))

"""After the course: a check-in slot for everybody at the months agreed, and a follow-on place promised by a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cohort_opt.packs.payment import months_later
from cohort_opt.packs.places.finding import PlaceFinding
from cohort_opt.packs.places.records import CheckInSlot, FollowOn, Places
from cohort_opt.solution import PlannedClass


def check_in_findings(places: Places, classes: Iterable[PlannedClass]) -> Iterator[PlaceFinding]:
    """Yield each class for which no check-in capacity is left at one of the agreed months.

    Classes are served in order of the day; of the slots that are open on it, the one that closes first is used first, so that no
    other choice serves more.
    """
    free = {slot.id: slot.capacity for slot in places.check_ins}
    visits = sorted(
        (months_later(planned.dates[-1], months), planned.id, planned.size, months)
        for planned in classes
        for months in sorted(set(places.check_in_months))
    )
    for day, class_id, size, months in visits:
        missing = size
        for slot in sorted((s for s in places.check_ins if s.first <= day <= s.last), key=_closing):
            used = min(missing, free[slot.id])
            free[slot.id] -= used
            missing -= used
        if missing:
            facts: dict[str, int | str] = {"day": day.isoformat(), "months": months, "missing": missing, "size": size}
            yield PlaceFinding("check_in", class_id, facts)


def _closing(slot: CheckInSlot) -> tuple[str, str]:
    return slot.last.isoformat(), slot.id


def follow_on_findings(
    promises: Iterable[FollowOn], classes: Iterable[PlannedClass], within_months: int
) -> Iterator[PlaceFinding]:
    """Yield each line whose placed trainees are not all promised a place within so many months after their class."""
    classes, promises = tuple(classes), tuple(promises)
    lines = sorted({member.demand for planned in classes for member in planned.members})
    for line in lines:
        placed = sum(m.count for planned in classes for m in planned.members if m.demand == line)
        last = max(planned.dates[-1] for planned in classes if any(m.demand == line for m in planned.members))
        latest = months_later(last, within_months)
        promised = sum(promise.count for promise in promises if promise.demand == line and promise.by <= latest)
        if promised < placed:
            facts: dict[str, int | str] = {"promised": promised, "placed": placed, "by": latest.isoformat()}
            yield PlaceFinding("follow_on", line, facts)

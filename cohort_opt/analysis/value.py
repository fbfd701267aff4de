"""The value of one more trainee, seat, room, instructor, kilometre or week: by solving again, else a dual price as an estimate.

A value is what the plan costs less, its prices of waiting and of no seat counted. Re-solved values are exact where both plans
are proven, else an interval. Dual prices come from the linear relaxation: they tell where one more could help, not by how much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cohort_opt.analysis.free import FreeReplan
from cohort_opt.analysis.replan import Replan, replan
from cohort_opt.errors import InstanceError
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.changes import (
    Change,
    SetClassSize,
    SetDemandCount,
    SetInstructorCount,
    SetRoomCount,
    SetStartWindow,
    SetTravelLimit,
)
from cohort_opt.problem.fields import MAX_COUNT
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.proposal import Reason
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.shadow import shadow_prices


@dataclass(frozen=True, slots=True)
class OneMore:
    """One more of something: its name, the changes that give it, and the sentence that names it."""

    kind: str
    subject: str
    changes: tuple[Change, ...]
    said: Reason


@dataclass(frozen=True, slots=True)
class Value:
    """What one more is worth.

    Parameters
    ----------
    cents
        What the plan costs less; negative = more.
    least_cents, most_cents
        The true value lies between these; equal where both plans are proven. `None` for an estimate.
    placed
        How many more trainees have a seat; `None` for an estimate.
    is_estimate
        Whether this is a dual price of the linear relaxation and nothing was solved again.
    """

    kind: str
    subject: str
    said: Reason
    cents: int
    least_cents: int | None
    most_cents: int | None
    placed: int | None
    is_estimate: bool

    def result(self) -> Reason:
        """Return the value in words."""
        placed = f"{self.placed or 0:+d}"
        if self.is_estimate:
            if self.cents < 0:
                return say("value", "about {dearer_cents} more, an estimate by the dual price", dearer_cents=-self.cents)
            return say("value", "about {cheaper_cents} less, an estimate by the dual price", cheaper_cents=self.cents)
        if self.least_cents != self.most_cents:
            return say(
                "value", "between {least_cents} and {most_cents} less, placed: {placed}",
                least_cents=self.least_cents or 0, most_cents=self.most_cents or 0, placed=placed,
            )  # fmt: skip
        if self.cents < 0:
            return say("value", "{dearer_cents} more, placed: {placed}", dearer_cents=-self.cents, placed=placed)
        if self.cents == 0:
            return say("value", "nothing")
        return say("value", "{cheaper_cents} less, placed: {placed}", cheaper_cents=self.cents, placed=placed)


def _trainees(instance: Instance) -> Iterator[OneMore]:
    for line in instance.demands:
        if line.count < MAX_COUNT:
            change = SetDemandCount(kind="set_demand_count", demand=line.id, count=line.count + 1)
            yield OneMore("trainee", line.id, (change,), say("one_more", "one more trainee in {demand}", demand=line.id))


def _seats(instance: Instance) -> Iterator[OneMore]:
    """Yield one more seat in the classes of a course, in rooms that then have it."""
    for course in instance.courses:
        used = {o.room for o in instance.offerings if o.course == course.id}
        most = course.max_seats + 1
        changes: list[Change] = [SetClassSize(kind="set_class_size", course=course.id, max_seats=most)]
        changes += [
            SetRoomCount(kind="set_room_count", room=room.id, seats=most)
            for room in instance.rooms
            if room.id in used and room.seats < most
        ]
        yield OneMore(
            "seat", course.id, tuple(changes), say("one_more", "one more seat in a class of {course}", course=course.name)
        )


def _rooms(instance: Instance) -> Iterator[OneMore]:
    for room in instance.rooms:
        change = SetRoomCount(kind="set_room_count", room=room.id, count=room.count + 1)
        yield OneMore("room", room.id, (change,), say("one_more", "one more room in {room} on every day", room=room.name))


def _instructors(instance: Instance) -> Iterator[OneMore]:
    for pool in instance.instructors:
        change = SetInstructorCount(kind="set_instructor_count", instructor=pool.id, count=pool.count + 1)
        yield OneMore(
            "instructor", pool.id, (change,), say("one_more", "one more instructor in {pool} on every day", pool=pool.name)
        )


def _km(instance: Instance) -> Iterator[OneMore]:
    changes = tuple(
        SetTravelLimit(kind="set_travel_limit", demand=line.id, max_travel_km=line.max_travel_km + 1) for line in instance.demands
    )
    yield OneMore("km", "all", changes, say("one_more", "{km} km more for everybody", km=1))


def _week(instance: Instance) -> Iterator[OneMore]:
    changes = tuple(
        SetStartWindow(kind="set_start_window", demand=line.id, latest_start=line.latest_start + dt.timedelta(weeks=1))
        for line in instance.demands
    )
    yield OneMore("week", "all", changes, say("one_more", "a start {weeks} week later for everybody", weeks=1))


ONE_MORE: Mapping[str, Callable[[Instance], Iterator[OneMore]]] = MappingProxyType(
    {"km": _km, "week": _week, "room": _rooms, "instructor": _instructors, "seat": _seats, "trainee": _trainees}
)
"""Kind -> what one more of it is, for each of its subjects; those that are few come first."""

ESTIMATED = ("trainee", "room_day")
"""Kinds that have a dual price."""


def value_of_one_more(
    instance: Instance, params: SolveParams, kinds: tuple[str, ...] = tuple(ONE_MORE), most_solves: int = 40
) -> tuple[Value, ...]:
    """Return what one more of each kind is worth, dearest first within a kind; estimates last.

    Parameters
    ----------
    most_solves
        How many are solved again, at least 0; what is left gets its dual price if it has one.

    Raises
    ------
    InstanceError
        If the instance has no plan to compare with.
    """
    asked = [one for kind in ONE_MORE if kind in kinds for one in ONE_MORE[kind](instance)]
    solved: list[Value] = []
    if most_solves and asked:
        base = replan(instance, params)
        solved = [value for one in asked[:most_solves] if (value := _solved(instance, one, base, params)) is not None]
    left = {(one.kind, one.subject): one for one in asked[most_solves:]}
    estimates = _estimates(instance, params, left, "room" in kinds)
    order = list(ONE_MORE)
    return (
        *sorted(solved, key=lambda value: (order.index(value.kind), -value.cents, value.subject)),
        *sorted(estimates, key=lambda value: (value.kind, -value.cents, value.subject)),
    )


def _solved(instance: Instance, one: OneMore, base: Replan, params: SolveParams) -> Value | None:
    try:
        answer = replan(apply(instance, Scenario(name=one.subject, changes=one.changes)), params)
    except InstanceError:  # one more is not to be had, such as a week outside the calendar
        return None
    figures = (base.objective_cents, base.bound_cents, answer.objective_cents, answer.bound_cents)
    if answer.solution is None or base.solution is None or None in figures:
        return None
    before, before_bound, after, after_bound = (figure or 0 for figure in figures)
    change = FreeReplan(after - before, after_bound - before, after - before_bound)
    placed = sum(c.size for c in answer.solution.classes) - sum(c.size for c in base.solution.classes)
    return Value(
        one.kind, one.subject, one.said, -change.difference_cents, -change.most_cents, -change.least_cents, placed, False
    )


def _estimates(
    instance: Instance, params: SolveParams, left: Mapping[tuple[str, str], OneMore], with_room_days: bool
) -> Iterator[Value]:
    """Yield dual prices of the trainees that were not solved again, and of room and instructor days that are worth anything."""
    if not (with_room_days or any(kind == "trainee" for kind, _ in left)):
        return
    prices = shadow_prices(find_candidates(instance).problem, params)
    if prices is None:
        return
    for (kind, subject), one in left.items():
        if kind == "trainee":
            yield Value(kind, subject, one.said, -prices.group[subject], None, None, None, True)
    for name, cents in prices.capacity.items():
        if with_room_days and cents > 0:
            said = say("one_more", "one more in {pool_day}", pool_day=name.partition("[")[2].removesuffix("]").replace(",", ", "))
            yield Value("room_day", name, said, cents, None, None, None, True)

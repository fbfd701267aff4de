"""Kinds of tightening of the rules inside a class and between classes: each is drawn just too tight for the plan."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import (
    Apart,
    CombinedCourse,
    Commitment,
    OutsideOptions,
    QuotaAllowance,
    QuotaUse,
    Reservation,
    SeatQuota,
    SideBySide,
)
from cohort_opt.solution import Solution


def _with(instance: Instance, collection: str, key: str, **changes: Any) -> Instance:
    rows = tuple(row.model_copy(update=changes) if row.id == key else row for row in getattr(instance, collection))
    return instance.model_copy(update={collection: rows})


def _record(instance: Instance, collection: str, key: str) -> Any:
    return next(row for row in getattr(instance, collection) if row.id == key)


def _membership(rng, solution):
    item = rng.choice(solution.classes)
    return item, rng.choice(item.members)


def _price(instance, item):
    offering = _record(instance, "offerings", item.offering)
    return -(-offering.fixed_cents // item.size) + offering.seat_cents


def own_course_limited(rng, instance, solution):
    """An offering takes one less of a course than sit in its class."""
    item, member = _membership(rng, solution)
    offering, course = _record(instance, "offerings", item.offering), _record(instance, "demands", member.demand).course
    there = sum(m.count for m in item.members if _record(instance, "demands", m.demand).course == course)
    if course == offering.course:
        return _with(instance, "offerings", offering.id, own_max_seats=there - 1)
    others = tuple(row for row in offering.combines if row.course != course)
    limit = CombinedCourse.model_construct(course=course, max_seats=there - 1)
    return _with(instance, "offerings", offering.id, combines=(*others, limit))


def seats_kept_for_a_stranger(rng, instance, solution):
    """One seat more than is free is kept for a company that is not there."""
    item = rng.choice(solution.classes)
    course, room = _record(instance, "courses", item.course), _record(instance, "rooms", item.room)
    free = 100 * min(course.max_seats, room.seats) // course.show_percent - item.size
    held = Reservation.model_construct(company="~stranger", seats=free + 1, until=dt.date.max)
    return _with(instance, "offerings", item.offering, reserved=(held,))


def nobody_is_firm(rng, instance, solution):
    """A line without which its class falls below its minimum is no longer firm."""
    firm = {demand.id for demand in instance.demands if demand.certainty == "firm"}
    found = [
        member.demand
        for item in solution.classes
        for member in item.members
        if member.demand in firm
        and all(row.demand != member.demand for row in instance.commitments)
        and sum(m.count for m in item.members if m.demand in firm) - member.count
        < _record(instance, "courses", item.course).min_seats
    ]
    return _with(instance, "demands", rng.choice(found), certainty="maybe") if found else None


def one_more_has_started(rng, instance, solution):
    """One more of a line has started in a run than sits there."""
    item, member = _membership(rng, solution)
    there = sum(m.count for c in solution.classes if c.run == item.run for m in c.members if m.demand == member.demand)
    rows = tuple(row for row in instance.commitments if (row.demand, row.run) != (member.demand, item.run))
    more = Commitment(demand=member.demand, run=item.run, start=item.start, count=there + 1, state="started")
    return instance.model_copy(update={"commitments": (*rows, more)})


def a_cent_less_was_agreed(rng, instance, solution):
    """The seat of a line was agreed at a cent less than it costs."""
    item, member = _membership(rng, solution)
    given = _record(instance, "offerings", item.offering)
    price = -(-(given.fixed_cents + given.seat_cents * item.size) // item.size) - 1
    held = Commitment(demand=member.demand, run=item.run, start=item.start, count=1, seat_price_cents=max(0, price))
    frozen = [row for row in instance.commitments if row.run == item.run and row.demand == member.demand]
    return None if frozen or price < 0 else instance.model_copy(update={"commitments": (*instance.commitments, held)})


def neighbours_kept_apart(rng, instance, solution):
    """Two lines of one class are kept apart."""
    full = [item for item in solution.classes if len(item.members) > 1]
    if not full:
        return None
    first, second = rng.sample([m.demand for m in rng.choice(full).members], k=2)
    return instance.model_copy(update={"apart": (*instance.apart, Apart(first=first, second=second))})


def companies_kept_apart(rng, instance, solution):
    """Two companies of one class are kept apart."""
    pairs = [sorted({_record(instance, "demands", m.demand).company for m in item.members})[:2] for item in solution.classes]
    pairs = [pair for pair in pairs if len(pair) == 2]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    return instance.model_copy(update={"apart": (*instance.apart, Apart(first=first, second=second, of="companies"))})


def side_by_side_with_nobody(rng, instance, solution):
    """A line must sit beside one that is not there."""
    _, member = _membership(rng, solution)
    pair = SideBySide.model_construct(first=member.demand, second="~nobody")
    return instance.model_copy(update={"side_by_side": (*instance.side_by_side, pair)})


def follows_nobody(rng, instance, solution):
    """A line follows one that has no seat."""
    _, member = _membership(rng, solution)
    return _with(instance, "demands", member.demand, after="~nobody", min_gap_days=1, max_gap_days=None)


def a_cent_too_little(rng, instance, solution):
    """A company has a cent less than its shares come to."""
    _, member = _membership(rng, solution)
    company = _record(instance, "demands", member.demand).company
    own = {demand.id for demand in instance.demands if demand.company == company}
    spent = 0
    for planned in solution.classes:
        offering = _record(instance, "offerings", planned.offering)
        seats = sum(m.count for m in planned.members if m.demand in own)
        spent += -(-offering.fixed_cents * seats // planned.size) + offering.seat_cents * seats
    if not spent:
        return None
    return _with(instance, "companies", company, budget_cents=spent - 1, budget_first=None, budget_last=None)


def prices_a_cent_too_far_apart(rng, instance, solution):
    """A course allows a cent less between its seats than there is."""
    course = rng.choice(solution.classes).course
    prices = [_price(instance, item) for item in solution.classes if item.course == course]
    return _with(instance, "courses", course, max_price_spread_cents=max(prices) - min(prices) - 1)


def cheaper_outside(rng, instance, solution):
    """A line would pay nothing outside, and pays something here."""
    item, member = _membership(rng, solution)
    if not _price(instance, item):
        return None
    return _with(instance, "demands", member.demand, not_above_alone=True, outside=OutsideOptions(list_price_cents=0))


def a_site_opens_for_one_more(rng, instance, solution):
    """A site opens for one trainee more than it holds in a year."""
    item = rng.choice(solution.classes)
    held = sum(c.size for c in solution.classes if c.site == item.site and c.start.year == item.start.year)
    return _with(instance, "sites", item.site, min_seats_per_year=held + 1)


def a_mentor_too_few(rng, instance, solution):
    """The seats of a class need one mentor more than there are."""
    item = rng.choice(solution.classes)
    lines = tuple(sorted({member.demand for member in item.members}))
    seated = sum(m.count for planned in solution.classes for m in planned.members if m.demand in lines)
    free = rng.choice((0, 1))
    if seated <= free:
        return None
    quota = SeatQuota(id="mentors", kind="mentors", limit=seated - free - 1, uses=(QuotaUse(demands=lines),),
                      allowances=(QuotaAllowance(free=free),))  # fmt: skip
    return instance.model_copy(update={"seat_quotas": (quota,)})


def an_interpreter_without_a_seat(rng, instance, solution):
    """A line brings support that takes one seat more than its class has left."""
    item, member = _membership(rng, solution)
    course, room = _record(instance, "courses", item.course), _record(instance, "rooms", item.room)
    left = 100 * min(course.max_seats, room.seats) // course.show_percent - item.size
    others = sum(_record(instance, "demands", m.demand).support_seats for m in item.members if m.demand != member.demand)
    return None if left - others > 19 else _with(instance, "demands", member.demand, support_seats=max(left - others, 0) + 1)


def fewer_stay_than_can_be_merged(rng, instance, solution):
    """A merge is planned, and nearly nobody stays."""
    item = rng.choice(solution.classes)
    return _with(instance, "courses", item.course, survival_percent=1, keep_min_percent=99, merge_from_week=2)


KINDS: dict[Callable[[random.Random, Instance, Solution], Instance | None], str] = {
    own_course_limited: "combination",
    seats_kept_for_a_stranger: "reservation",
    nobody_is_firm: "firm_minimum",
    one_more_has_started: "commitments",
    a_cent_less_was_agreed: "agreed_price",
    neighbours_kept_apart: "apart",
    companies_kept_apart: "apart",
    side_by_side_with_nobody: "side_by_side",
    follows_nobody: "module_order",
    a_cent_too_little: "budget",
    prices_a_cent_too_far_apart: "price_spread",
    a_site_opens_for_one_more: "site_load",
    fewer_stay_than_can_be_merged: "merge",
    cheaper_outside: "stand_alone_price",
    a_mentor_too_few: "seat_quota",
    an_interpreter_without_a_seat: "support_seats",
}
"""Every kind, and the rule that it breaks."""

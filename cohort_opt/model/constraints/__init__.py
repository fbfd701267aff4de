"""The registry of constraints, one file per concern, in the order in which they are posted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cohort_opt.model.constraints import (
    apart,
    budget,
    capacity,
    class_limits,
    class_order,
    class_size,
    company_absence,
    module_order,
    must_place,
    one_seat_per_trainee,
    parts,
    pins,
    price_cap,
    price_spread,
    seat_quota,
    side_by_side,
    site_load,
    stand_alone_price,
    support_seats,
)
from cohort_opt.model.effect import Effect
from cohort_opt.model.variables import Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem


class Concern(NamedTuple):
    """One constraint file: its name, what it does to the set of plans, whether a problem needs it, and how it is posted."""

    name: str
    effect: Effect
    applies: Callable[[CompactProblem], bool]
    add: Callable[[Model, CompactProblem, Variables], Iterator[tuple[str, Posted]]]


CONSTRAINTS: tuple[Concern, ...] = (
    Concern("one_seat_per_trainee", one_seat_per_trainee.EFFECT, one_seat_per_trainee.applies, one_seat_per_trainee.add),
    Concern("class_size", class_size.EFFECT, class_size.applies, class_size.add),
    Concern("class_order", class_order.EFFECT, class_order.applies, class_order.add),
    Concern("capacity", capacity.EFFECT, capacity.applies, capacity.add),
    Concern("company_absence", company_absence.EFFECT, company_absence.applies, company_absence.add),
    Concern("parts", parts.EFFECT, parts.applies, parts.add),
    Concern("price_cap", price_cap.EFFECT, price_cap.applies, price_cap.add),
    Concern("apart", apart.EFFECT, apart.applies, apart.add),
    Concern("class_limits", class_limits.EFFECT, class_limits.applies, class_limits.add),
    Concern("side_by_side", side_by_side.EFFECT, side_by_side.applies, side_by_side.add),
    Concern("stand_alone_price", stand_alone_price.EFFECT, stand_alone_price.applies, stand_alone_price.add),
    Concern("module_order", module_order.EFFECT, module_order.applies, module_order.add),
    Concern("budget", budget.EFFECT, budget.applies, budget.add),
    Concern("price_spread", price_spread.EFFECT, price_spread.applies, price_spread.add),
    Concern("site_load", site_load.EFFECT, site_load.applies, site_load.add),
    Concern("seat_quota", seat_quota.EFFECT, seat_quota.applies, seat_quota.add),
    Concern("support_seats", support_seats.EFFECT, support_seats.applies, support_seats.add),
    Concern("must_place", must_place.EFFECT, must_place.applies, must_place.add),
    Concern("pins", pins.EFFECT, pins.applies, pins.add),
)

RULE_HOME: dict[str, str] = {
    "one_seat_per_trainee": "one_seat_per_trainee",
    "class_size": "class_size",
    "room_capacity": "capacity",
    "instructor_capacity": "capacity",
    "parts": "parts",
    "company_absence": "company_absence",
    "price_cap": "price_cap",
    "pins": "pins",
    "combination": "class_limits",
    "reservation": "class_limits",
    "firm_minimum": "class_limits",
    "commitments": "pins",
    "apart": "apart",
    "side_by_side": "side_by_side",
    "module_order": "module_order",
    "budget": "budget",
    "price_spread": "price_spread",
    "stand_alone_price": "stand_alone_price",
    "site_load": "site_load",
    "seat_quota": "seat_quota",
    "support_seats": "support_seats",
    "travel_limit": "",
    "start_window": "",
    "weekdays": "",
    "release_pattern": "",
    "company_closed_days": "",
    "calendar": "",
    "bans": "",
    "offering": "",
    "start_size": "class_size",
    "class_size_wish": "price_cap",
    "company_absence_week": "company_absence",
    "instructor_hours": "capacity",
    "unbroken": "",
    "exam_date": "",
    "practice_share": "",
    "travel_time_limit": "",
    "boarding": "company_absence",
    "instructor_qualification": "",
    "room_equipment": "",
}
"""Which constraint keeps each rule of the judge; empty = no arc or run exists that could break it (problem/candidates.py;
`offering` also through `run_cap`, the upper bound of y). A test compares the keys with `verification.rules`."""

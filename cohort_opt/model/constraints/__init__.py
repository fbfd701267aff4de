"""The registry of constraints, one file per concern, in the order in which they are posted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

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


def _concern(module: Any) -> Concern:
    return Concern(module.__name__.rpartition(".")[2], module.EFFECT, module.applies, module.add)


CONSTRAINTS: tuple[Concern, ...] = tuple(
    _concern(module)
    for module in (
        one_seat_per_trainee,
        class_size,
        class_order,
        capacity,
        company_absence,
        parts,
        price_cap,
        apart,
        class_limits,
        side_by_side,
        stand_alone_price,
        module_order,
        budget,
        price_spread,
        site_load,
        seat_quota,
        support_seats,
        must_place,
        pins,
    )
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
    "agreed_price": "price_cap",
    "apart": "apart",
    "side_by_side": "side_by_side",
    "module_order": "module_order",
    "budget": "budget",
    "price_spread": "price_spread",
    "stand_alone_price": "stand_alone_price",
    "site_load": "site_load",
    "seat_quota": "seat_quota",
    "support_seats": "support_seats",
    "merge": "site_load",
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
    "instructor_travel": "capacity",
    "unbroken": "",
    "exam_date": "",
    "practice_share": "",
    "travel_time_limit": "",
    "boarding": "company_absence",
    "buffer_seats": "company_absence",
    "instructor_qualification": "",
    "room_equipment": "",
}
"""Which constraint keeps each rule of the judge; empty = no arc or run exists that could break it (problem/candidates.py;
`offering` also through `run_cap`, the upper bound of y). A test compares the keys with `verification.rules`."""

EXTENDING_RULES: dict[str, str] = {
    "class_size": "over-booking raises the largest size of every class, which each bound reads (`run_max`)",
    "release_pattern": "mixed patterns add runs, and every bound is one over all runs",
    "offering": "alternative instructors add runs, and every bound is one over all runs",
    "boarding": "who stays at the site has arcs with their cost, and every bound is one over all arcs",
    "combination": "trainees of another course have arcs, and every bound is one over all arcs",
    "merge": "the least size of its classes is lowered, which each bound reads (`run_min`)",
}
"""Rules that add freedom beside what they forbid, and where every bound knows it; all others only forbid or cost, so that a bound
that leaves them out stays valid. Grants lower the objective and are credited in the arcs (`subsidies`)."""

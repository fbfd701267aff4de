"""A random instance without one of its rules: the fields that switch it on are dropped, everything else stays as drawn."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from tests.properties.random_instances import MONDAY

Fields = dict[str, Any]
FAR = {"max_travel_km": 2_000}
LATE = {"latest_start": MONDAY + dt.timedelta(days=30)}

LIFTED: dict[str, tuple[str, tuple[str, ...] | Fields]] = {
    "travel_limit": ("demands", FAR),
    "start_window": ("demands", LATE),
    "weekdays": ("demands", ("weekdays",)),
    "release_pattern": ("demands", ("patterns",)),
    "company_closed_days": ("companies", ("closed",)),
    "calendar": ("calendar", ("closed",)),
    "room_absence": ("rooms", ("absences",)),
    "instructor_absence": ("instructors", ("absences",)),
    "together": ("demands", ("together",)),
    "min_part": ("demands", ("min_part",)),
    "company_absence": ("companies", ("max_away_per_day",)),
    "price_cap": ("demands", ("max_seat_price_cents",)),
    "pins": ("", ("pins",)),
    "bans": ("", ("bans",)),
    "class_size_wish": ("demands", ("min_class_size",)),
    "company_absence_week": ("companies", ("max_away_per_week",)),
    "instructor_hours": ("instructors", ("max_days_per_week",)),
    "unbroken": ("patterns", ("unbroken",)),
    "start_size": ("courses", ("survival_percent", "keep_min_percent", "merge_from_week")),
    "over_booking": ("courses", ("show_percent",)),
    "exam_date": ("courses", ("exam_dates",)),
    "mixed": ("demands", {"patterns": ("block", "day_release")}),
    "half_days": ("patterns", ("part",)),
    "instructor_travel": ("instructors", ("max_minutes_between_sites",)),
    "buffer_seats": ("demands", ("buffer_site",)),
    "class_costs": ("rooms", ("hire_cents_per_half_day",)),
    "practice_share": ("demands", ("min_practice_percent",)),
    "travel_time_limit": ("demands", ("max_travel_minutes",)),
    "areas": ("demands", ("area",)),
    "boarding": ("demands", ("accepts_boarding",)),
    "instructor_alternatives": ("offerings", ("instructor_alternatives",)),
    "firm_minimum": ("demands", ("certainty",)),
    "combination": ("offerings", ("combines", "own_max_seats")),
    "reservation": ("offerings", ("reserved",)),
    "apart": ("", ("apart",)),
    "side_by_side": ("", ("side_by_side",)),
    "off_target": ("courses", ("target_seats", "off_target_cents")),
    "module_order": ("demands", ("after",)),
    "stand_alone_price": ("demands", ("not_above_alone",)),
    "budget": ("companies", ("budget_cents", "budget_first", "budget_last")),
    "merge": ("courses", ("survival_percent", "keep_min_percent", "merge_from_week")),
    "site_load": ("sites", ("min_seats_per_year",)),
    "price_spread": ("courses", ("max_price_spread_cents",)),
    "commitments": ("", ("commitments",)),
    "seat_quota": ("", ("seat_quotas",)),
    "support_seats": ("demands", ("support_seats", "support_cents_per_day", "support_cents_once")),
    "subsidies": ("", ("grants", "grant_pots")),
}
"""By rule: the rows (`patterns` = those of the courses, no name = the instance itself) and what is dropped or loosened there."""

NOTHING_TO_LIFT = {"parallel", "two_sites", "own_unplaced_price", "great_circle", "room_equipment"}
"""Variety that no rule forbids; and equipment, whose lack is refused before anything is planned."""


def without(rule: str, fields: Fields) -> Fields:
    """Return the fields without the rule."""
    lifted: Fields = copy.deepcopy(fields)
    where, changes = LIFTED[rule]
    for row in _rows(lifted, where):
        for name in changes:
            row.pop(name, None)
        if isinstance(changes, dict):
            row.update(changes)
    return lifted


def _rows(fields: Fields, where: str) -> list[Fields]:
    if where == "":
        return [fields]
    if where == "calendar":
        return [fields["calendar"]]
    if where == "patterns":
        return [pattern for course in fields["courses"] for pattern in course["patterns"]]
    rows: list[Fields] = fields[where]
    return rows


FORBIDS = frozenset(
    {
        "travel_limit", "start_window", "weekdays", "release_pattern", "company_closed_days", "room_absence",
        "instructor_absence", "together", "min_part", "company_absence", "price_cap", "pins", "bans", "class_size_wish",
        "company_absence_week", "instructor_hours", "unbroken", "start_size", "exam_date", "practice_share",
        "travel_time_limit", "instructor_travel", "class_costs", "buffer_seats", "reservation", "apart", "side_by_side",
        "off_target",
        "module_order", "stand_alone_price", "budget", "site_load", "price_spread", "commitments", "seat_quota", "support_seats",
    }
)  # fmt: skip
"""Rules that only forbid, or add a cost of at least 0: without them no plan is dearer."""

EXTENDS = frozenset({"over_booking", "mixed", "boarding", "instructor_alternatives", "subsidies"})
"""Rules that add freedom or money: without them no plan is cheaper."""

RESHAPES = frozenset({"calendar", "half_days", "areas", "firm_minimum", "combination", "merge"})
"""Rules that do both or give every run another name: `test_lifted_rules` has a relation of its own for each."""

BESIDE: dict[str, frozenset[str]] = {
    # Who boards goes home every day where the limit is lifted, and that may be dearer.
    "travel_limit": frozenset({"boarding"}),
    "travel_time_limit": frozenset({"boarding"}),
    # Lifting the curve lifts a planned merge with it, which allows smaller classes.
    "start_size": frozenset({"merge"}),
    # With `mixed` the line names its kinds, and may have refused one that it gets back.
    "mixed": frozenset({"release_pattern", "merge"}),
    # Agreed seats count for the minimum of a class.
    "commitments": frozenset({"firm_minimum"}),
    # Kinds that `mixed` adds are dropped with those that a line refuses.
    "release_pattern": frozenset({"mixed"}),
    # A cheaper class may be too cheap beside the others.
    "class_costs": frozenset({"price_spread"}),
}
"""Rules beside which the relation does not hold, and why."""

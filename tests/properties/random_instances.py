"""Random small instances; each switches on a random set of rules. The same seed gives the same instance."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from cohort_opt.problem.records import InstanceRecords
from tests.properties.brute_force import may_attend, possible_runs
from tests.properties.coupling_switches import PROBABILITY, coupling_rules_switched_on, switch_coupling_rules
from tests.properties.trade_switches import switch_trade_rules, trade_rules_switched_on

MONDAY = dt.date(2027, 3, 1)
RULES = (
    "travel_limit", "start_window", "weekdays", "release_pattern", "company_closed_days", "calendar", "room_absence",
    "instructor_absence", "together", "min_part", "company_absence", "price_cap", "pins", "bans", "parallel", "two_sites",
    "own_unplaced_price", "great_circle",
)  # fmt: skip
"""Names of the switches; about a third of them are on in one instance."""


def random_fields(seed: int, trade: bool = True, coupling: float = PROBABILITY) -> dict[str, Any]:
    """Return the fields of a random instance as plain data, ready for `Instance` or `InstanceRecords`.

    Without `trade` only rules of the first format are switched on; `coupling` is the probability of each rule inside a class or
    between classes.
    """
    rng = random.Random(f"small {seed}")
    on = _draw_rules(rng)
    sites = ["north", "south"] if "two_sites" in on else ["north"]
    courses = ["drill", "saw"][: rng.choice((1, 2, 2))]
    companies = [f"c{i}" for i in range(rng.randint(2, 4))]
    fields: dict[str, Any] = {
        "name": f"random {seed}",
        "calendar": _calendar(rng, on),
        "prices": {
            "travel_cents_per_km": rng.choice((0, 7, 23)),
            "waiting_cents_per_week": rng.choice((0, 150, 900)),
            "unplaced_cents": rng.choice((2_000, 8_000, 20_000, 20_000)),
            "detour_percent": rng.choice((100, 130)),
        },
        "companies": [_company(rng, on, name) for name in companies],
        "courses": [_course(rng, on, name) for name in courses],
        "sites": [
            {"id": s, "name": s, "municipality": s, "latitude": 51.9 + i / 10, "longitude": 4.4} for i, s in enumerate(sites)
        ],
        "rooms": [
            {"id": f"bay-{s}", "name": s, "site": s, "count": rng.choice((1, 1, 2)), "seats": rng.choice((4, 5, 9)),
             "absences": _absences(rng, "room_absence" in on)}
            for s in sites
        ],
        "instructors": [
            {"id": "crew", "name": "crew", "count": rng.choice((1, 2)), "absences": _absences(rng, "instructor_absence" in on)}
        ],
        "offerings": [_offering(rng, on, course, rng.choice(sites)) for course in courses],
        "distances": [] if "great_circle" in on else [
            {"company": c, "site": s, "km": rng.randint(0, 40)} for c in companies for s in sites
        ],
    }  # fmt: skip
    if "two_sites" in on and rng.random() < 0.5:
        fields["offerings"].append({**_offering(rng, on, courses[0], "south"), "id": "extra"})
    fields["demands"] = _demands(rng, on, companies, courses)
    if trade:
        switch_trade_rules(seed, fields)
        switch_coupling_rules(seed, fields, coupling)
    fields["bans"], fields["pins"] = [], []
    if "bans" in on:
        fields["bans"] = _bans(rng, fields)
    if "pins" in on:
        fields["pins"] = _pins(rng, fields)
    return fields


def rules_switched_on(seed: int) -> set[str]:
    """Return the names of the rules that `random_fields` switches on for this seed."""
    return _draw_rules(random.Random(f"small {seed}")) | trade_rules_switched_on(seed) | coupling_rules_switched_on(seed)


def _draw_rules(rng: random.Random) -> set[str]:
    return {rule for rule in RULES if rng.random() < 0.28}


def _calendar(rng: random.Random, on: set[str]) -> dict[str, Any]:
    closed = []
    if "calendar" in on:
        first = MONDAY + dt.timedelta(days=rng.randint(0, 20))
        closed.append({"first": first, "last": first + dt.timedelta(days=rng.randint(0, 3)), "name": "holiday"})
    return {"start": MONDAY, "end": MONDAY + dt.timedelta(days=rng.choice((18, 25, 39))), "closed": closed}


def _company(rng: random.Random, on: set[str], name: str) -> dict[str, Any]:
    company: dict[str, Any] = {"id": name, "name": name, "municipality": "town", "latitude": 51.8 + rng.randint(0, 300) / 1000,
                               "longitude": 4.2 + rng.randint(0, 400) / 1000}  # fmt: skip
    if "company_closed_days" in on and rng.random() < 0.6:
        first = MONDAY + dt.timedelta(days=rng.randint(0, 15))
        company["closed"] = [{"first": first, "last": first + dt.timedelta(days=rng.randint(0, 4)), "name": "busy"}]
    if "company_absence" in on and rng.random() < 0.7:
        company["max_away_per_day"] = rng.randint(1, 3)
    return company


def _course(rng: random.Random, on: set[str], name: str) -> dict[str, Any]:
    least = rng.randint(1, 3)
    patterns: list[dict[str, Any]] = [{"kind": "block", "days": rng.randint(1, 3)}]
    if "release_pattern" in on:
        patterns.append({"kind": "day_release", "weeks": rng.randint(2, 3)})
    most = least + rng.randint(1, 3)
    return {"id": name, "name": name, "trade": "t", "min_seats": least, "max_seats": most, "patterns": patterns}


def _absences(rng: random.Random, is_on: bool) -> list[dict[str, Any]]:
    if not is_on:
        return []
    first = MONDAY + dt.timedelta(days=rng.randint(0, 12))
    return [{"first": first, "last": first + dt.timedelta(days=rng.randint(0, 4)), "count": 1}]


def _offering(rng: random.Random, on: set[str], course: str, site: str) -> dict[str, Any]:
    first = MONDAY + dt.timedelta(days=rng.choice((0, 0, 0, 2, 7)))
    return {
        "id": f"o-{course}", "course": course, "site": site, "room": f"bay-{site}", "instructor": "crew",
        "first_start": first, "last_start": first + dt.timedelta(days=rng.choice((0, 4, 7, 7, 14))),
        "start_weekdays": rng.choice((["mon"], ["mon"], ["mon", "thu"], ["wed"])),
        "every_weeks": rng.choice((1, 1, 2)), "max_parallel": 2 if "parallel" in on else 1,
        "fixed_cents": rng.choice((0, 1_000, 5_000, 9_500)), "seat_cents": rng.choice((0, 100, 370)),
    }  # fmt: skip


def _demands(rng: random.Random, on: set[str], companies: list[str], courses: list[str]) -> list[dict[str, Any]]:
    pairs = [(company, course) for company in companies for course in courses]
    demands = []
    for company, course in sorted(rng.sample(pairs, k=min(len(pairs), rng.randint(3, 6)))):
        count = rng.randint(1, 4)
        demand: dict[str, Any] = {
            "id": f"{company}-{course}", "company": company, "course": course, "count": count,
            "earliest_start": MONDAY, "latest_start": MONDAY + dt.timedelta(days=30), "max_travel_km": 2_000,
        }  # fmt: skip
        if "start_window" in on:
            demand["earliest_start"] = MONDAY + dt.timedelta(days=rng.choice((0, 0, 3, 7)))
            demand["latest_start"] = demand["earliest_start"] + dt.timedelta(days=rng.choice((0, 4, 7, 20)))
        if "travel_limit" in on:
            demand["max_travel_km"] = rng.randint(5, 50)
        if "weekdays" in on and rng.random() < 0.5:
            demand["weekdays"] = rng.sample(["mon", "tue", "wed", "thu", "fri"], k=rng.randint(2, 4))
        if "release_pattern" in on and rng.random() < 0.4:
            demand["patterns"] = [rng.choice(("block", "day_release"))]
        if "together" in on and rng.random() < 0.5:
            demand["together"] = True
        elif "min_part" in on and count > 1:
            demand["min_part"] = rng.randint(1, min(3, count))
        if "price_cap" in on and rng.random() < 0.6:
            demand["max_seat_price_cents"] = rng.choice((100, 370, 700, 1_800, 2_500, 3_500))
        if "own_unplaced_price" in on and rng.random() < 0.5:
            demand["unplaced_cents"] = rng.choice((0, 500, 9_000))
        demands.append(demand)
    return demands


def _bans(rng: random.Random, fields: dict[str, Any]) -> list[dict[str, Any]]:
    runs = [run.id for run in possible_runs(InstanceRecords(**fields))]
    if not runs:
        return []
    lines = [demand["id"] for demand in fields["demands"]]
    drawn = {(rng.choice(runs), rng.choice([None, *lines])) for _ in range(rng.randint(1, 2))}
    return [{"run": run, "demand": line} for run, line in sorted(drawn, key=str)]


def _pins(rng: random.Random, fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Return pins of lines in runs that they may attend one by one; together they may well be impossible."""
    given = InstanceRecords(**fields)
    pairs = [(line, run.id) for run in possible_runs(given) for line in given.demands if may_attend(given, line, run)]
    left = {line.id: line.count for line in given.demands}
    pins = []
    for line, run in rng.sample(pairs, k=min(len(pairs), rng.randint(1, 2))):
        if left[line.id]:
            count = rng.randint(1, left[line.id])
            left[line.id] -= count
            pins.append({"demand": line.id, "run": run, "count": count})
    return pins

"""Switches of the rules of the trade for random instances: each changes the fields of an instance so that its rule may bind.

A new rule is one function and one line in `TRADE_SWITCHES`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from tests.properties.trade_rules import starts_with_enough

Fields = dict[str, Any]
PROBABILITY = 0.14
"""Of each switch: in 2,000 instances each rule is on in about 280, and two of them often meet."""


def min_class_size(rng: random.Random, fields: Fields) -> None:
    """Some lines come only to a class of some size."""
    most = {course["id"]: course["max_seats"] for course in fields["courses"]}
    for line in fields["demands"]:
        if rng.random() < 0.5:
            line["min_class_size"] = rng.randint(1, most[line["course"]])


def company_absence_week(rng: random.Random, fields: Fields) -> None:
    """Some companies let only few go in a week."""
    for company in fields["companies"]:
        if rng.random() < 0.7:
            company["max_away_per_week"] = rng.randint(company.get("max_away_per_day", 1), 4)


def instructor_hours(rng: random.Random, fields: Fields) -> None:
    """Instructors teach only some days of a week."""
    for pool in fields["instructors"]:
        pool["max_days_per_week"] = rng.randint(1, 3)


def unbroken(rng: random.Random, fields: Fields) -> None:
    """Blocks are not interrupted, and there is a day that could."""
    for course in fields["courses"]:
        for pattern in course["patterns"]:
            if pattern["kind"] == "block":
                pattern.update(unbroken=True, days=rng.randint(2, 6))
    day = fields["calendar"]["start"] + dt.timedelta(days=rng.choice((1, 2, 3, 8, 9)))
    fields["calendar"]["closed"].append({"first": day, "last": day, "name": "fair"})


def start_size(rng: random.Random, fields: Fields) -> None:
    """More start than must stay, where rooms and maximum allow it."""
    room = min(room["seats"] for room in fields["rooms"])
    for course in fields["courses"]:
        curve = {"survival_percent": rng.choice((66, 80, 95)), "keep_min_percent": rng.choice((50, 61, 90))}
        if starts_with_enough(SimpleNamespace(**course, **curve), min(course["max_seats"], room)):
            course.update(curve)


def over_booking(rng: random.Random, fields: Fields) -> None:
    """Not everybody who is accepted comes."""
    for course in fields["courses"]:
        course["show_percent"] = rng.choice((50, 67, 80, 90))


def exam_date(rng: random.Random, fields: Fields) -> None:
    """A course has an exam or two."""
    for course in fields["courses"]:
        days = rng.sample(range(1, 30), k=rng.randint(1, 2))
        course["exam_dates"] = [fields["calendar"]["start"] + dt.timedelta(days=day) for day in days]
        course["exam_within_days"] = rng.choice((1, 4, 10, 30))


def practice_share(rng: random.Random, fields: Fields) -> None:
    """Courses have some practice, lines ask for some."""
    for course in fields["courses"]:
        course["practice_percent"] = rng.choice((None, 40, 60))
    for line in fields["demands"]:
        line["min_practice_percent"] = rng.choice((None, None, 0, 40, 50))


def instructor_alternatives(rng: random.Random, fields: Fields) -> None:
    """A second pool may teach one of the courses, and nothing else."""
    offering = rng.choice(fields["offerings"])
    offering["instructor_alternatives"] = ["guild"]
    fields["instructors"].append({"id": "guild", "name": "guild", "count": 1, "courses": [offering["course"]], "absences": []})


def room_equipment(rng: random.Random, fields: Fields) -> None:
    """One course needs what every room has."""
    fields["courses"][0]["needs_equipment"] = ["saw"]
    for room in fields["rooms"]:
        room["equipment"] = ["drill", "saw"]


def travel_time(rng: random.Random, fields: Fields) -> None:
    """Lines accept only so many minutes; some journeys are measured in time too."""
    fields["prices"]["speed_km_per_hour"] = rng.choice((30, 50, 70))
    for distance in fields["distances"]:
        if rng.random() < 0.3:
            distance["minutes"] = rng.randint(0, 60)
    for line in fields["demands"]:
        if rng.random() < 0.7:
            line["max_travel_minutes"] = rng.randint(5, 60)


def areas(rng: random.Random, fields: Fields) -> None:
    """Trainees of some lines start from where they live."""
    fields["areas"] = [{"id": i, "latitude": 51.7 + rng.random() / 3, "longitude": 4.4} for i in ("3011", "3012")]
    if rng.random() < 0.5:
        site = rng.choice(fields["sites"])["id"]
        fields["distances"].append({"area": "3011", "site": site, "km": rng.randint(0, 40)})
    for line in fields["demands"]:
        line["area"] = rng.choice((None, "3011", "3012"))


def boarding(rng: random.Random, fields: Fields) -> None:
    """Some stay at the site; the way there is too long for them every day."""
    for site in fields["sites"]:
        site.update(beds=rng.randint(0, 4), boarding_cents_per_week=rng.choice((0, 700, 4_000)))
    for line in fields["demands"]:
        line["accepts_boarding"] = rng.random() < 0.7
        line["max_travel_km"] = rng.choice((5, 15, 30))


def mixed(rng: random.Random, fields: Fields) -> None:
    """Courses are given as a short block and some weeks after it, and most lines accept that."""
    for course in fields["courses"]:
        course["patterns"].append({"kind": "mixed", "days": rng.randint(1, 3), "weeks": rng.randint(1, 2)})
    for line in fields["demands"]:
        if rng.random() < 0.8:
            line["patterns"] = ["mixed", *line.get("patterns", ("block", "day_release"))]


def half_days(rng: random.Random, fields: Fields) -> None:
    """Some patterns take a morning or an afternoon only."""
    for course in fields["courses"]:
        for pattern in course["patterns"]:
            pattern["part"] = rng.choice(("day", "morning", "afternoon"))


def instructor_travel(rng: random.Random, fields: Fields) -> None:
    """One instructor teaches mornings at one site and afternoons at another; the way between may be too long for one day."""
    if len(fields["sites"]) == 1:
        fields["sites"].append({**fields["sites"][0], "id": "south", "name": "south", "latitude": 52.0})
        fields["rooms"].append({**fields["rooms"][0], "id": "bay-south", "site": "south", "absences": []})
    there = {"site": "south", "room": "bay-south"}
    fields["offerings"][-1].update(there)
    if len(fields["offerings"]) == 1:
        fields["offerings"].append({**fields["offerings"][0], "id": "here", "site": "north", "room": "bay-north"})
    for course in fields["courses"]:
        for pattern in course["patterns"]:
            pattern["part"] = rng.choice(("morning", "afternoon"))
    if len(fields["courses"]) == 1 or rng.random() < 0.4:
        pattern = fields["courses"][0]["patterns"][0]
        fields["courses"][0]["patterns"] = [{**pattern, "part": part} for part in ("morning", "afternoon")]
    if rng.random() < 0.7:  # one start for all: both halves of the same days are wanted
        first = fields["calendar"]["start"]
        for offering in fields["offerings"]:
            offering.update(start_weekdays=["mon"], first_start=first, last_start=first + dt.timedelta(days=4))
    for pool in fields["instructors"]:
        pool.update(count=1, max_minutes_between_sites=rng.choice((0, 5, 17, 60)))
    if rng.random() < 0.6:
        row = {"first": "north", "second": "south", "km": rng.randint(0, 25), "minutes": rng.choice((None, None, 5, 6, 17, 18))}
        fields["site_distances"] = [row]


def buffer_seats(rng: random.Random, fields: Fields) -> None:
    """Trainees of some lines wait in a workshop until their class starts; it has few seats, and they could begin early."""
    for site in fields["sites"]:
        site["buffer_seats"] = rng.randint(0, 4)
    for line in fields["demands"]:
        if rng.random() < 0.7:
            line.update(buffer_site=rng.choice(fields["sites"])["id"], earliest_start=fields["calendar"]["start"])
    for offering in fields["offerings"]:
        offering["last_start"] = max(offering["last_start"], offering["first_start"] + dt.timedelta(days=7))


def class_costs(rng: random.Random, fields: Fields) -> None:
    """Rooms are hired by the half day, and instructors come from somewhere and are paid for the way."""
    for room in fields["rooms"]:
        room["hire_cents_per_half_day"] = rng.choice((0, 40, 300, 1_500))
    for pool in fields["instructors"]:
        pool.update(base=rng.choice(fields["sites"])["id"], travel_cents_per_km=rng.choice((0, 5, 40)))


TRADE_SWITCHES: dict[str, Callable[[random.Random, Fields], None]] = {
    "class_size_wish": min_class_size,
    "company_absence_week": company_absence_week,
    "instructor_hours": instructor_hours,
    "unbroken": unbroken,
    "start_size": start_size,
    "over_booking": over_booking,
    "exam_date": exam_date,
    "mixed": mixed,
    "half_days": half_days,
    "instructor_travel": instructor_travel,
    "class_costs": class_costs,
    "buffer_seats": buffer_seats,
    "practice_share": practice_share,
    "travel_time_limit": travel_time,
    "areas": areas,
    "boarding": boarding,
    "instructor_alternatives": instructor_alternatives,
    "room_equipment": room_equipment,
}


def trade_rules_switched_on(seed: int) -> set[str]:
    """Return the names of the switches that are on for this seed."""
    return {name for name in TRADE_SWITCHES if random.Random(f"trade {seed} {name}").random() < PROBABILITY}


def switch_trade_rules(seed: int, fields: Fields) -> None:
    """Change the fields by every switch that is on for this seed."""
    on = trade_rules_switched_on(seed)
    for name, switch in TRADE_SWITCHES.items():
        if name in on:
            switch(random.Random(f"trade values {seed} {name}"), fields)

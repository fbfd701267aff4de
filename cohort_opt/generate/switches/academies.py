"""Switches of rules that sites, instructors and offerings carry."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft

BOARDING_CENTS = 29_700
"""A week all in (the figure of one training centre, 2021, in euros)."""
FAR_KM = 12
"""Lines that board do not travel farther than this every day."""


def instructor_hours(dice: Dice, draft: Draft) -> None:
    """Instructors teach three or four days a week."""
    for pool in draft.rows("instructors"):
        pool["max_days_per_week"] = dice.pick((3, 4))


def instructor_qualification(dice: Dice, draft: Draft) -> None:
    """Instructors teach what they are named for, and nothing else."""
    del dice  # the same in every region
    for pool in draft.rows("instructors"):
        taught = {offering["course"] for offering in draft.rows("offerings") if _teaches(offering, pool["id"])}
        pool["courses"] = sorted(taught)


def _teaches(offering: dict[str, object], pool: object) -> bool:
    alternatives = offering["instructor_alternatives"]
    return offering["instructor"] == pool or (isinstance(alternatives, list) and pool in alternatives)


def instructor_alternatives(dice: Dice, draft: Draft) -> None:
    """A mobile instructor of a neighbouring region could teach some of the courses instead."""
    draft.rows("instructors").append({"id": "guest", "name": "Guest instructor", "count": 1, "absences": []})
    for offering in draft.offerings():
        if dice.one_in(4):
            offering["instructor_alternatives"] = ["guest"]
    if not any(offering["instructor_alternatives"] for offering in draft.offerings()):
        draft.offerings()[0]["instructor_alternatives"] = ["guest"]


def boarding(dice: Dice, draft: Draft) -> None:
    """The workshop has beds, and some lines stay there during the week rather than travel far."""
    for site in draft.rows("sites"):
        if "workshop" in site["id"]:
            site.update(beds=6, boarding_cents_per_week=BOARDING_CENTS)
    for line in draft.lines():
        if dice.one_in(10):
            line.update(accepts_boarding=True, max_travel_km=FAR_KM)
    draft.lines()[0]["accepts_boarding"] = True


def combination(dice: Dice, draft: Draft) -> None:
    """Classes of a first level take in some of the second level of the same trade."""
    levels = [offering for offering in draft.offerings() if offering["course"].endswith("-1")]
    able = [o for o in levels if f"{o['course'][:-1]}2" not in draft.quiet]
    for offering in able[:: max(1, len(able) // 3)][:3]:
        offering["combines"] = [{"course": f"{offering['course'][:-1]}2", "max_seats": dice.pick((3, 4))}]
        offering["own_max_seats"] = 10


def reservation(dice: Dice, draft: Draft) -> None:
    """Host companies keep two or three seats of each class of an offering until spring."""
    by_course = draft.lines_by("course")
    able = [offering for offering in draft.offerings() if offering["course"] in by_course]
    until = draft.fields["calendar"]["start"] + dt.timedelta(weeks=12, days=4)
    for offering in able[:: max(1, len(able) // 3)][:3]:
        host = dice.pick(by_course[offering["course"]])["company"]
        offering["reserved"] = [{"company": host, "seats": dice.pick((2, 3)), "until": until}]


def site_load(dice: Dice, draft: Draft) -> None:
    """The site with the fewest offerings opens in a year for twelve or more."""
    del dice  # the same in every region
    taught = [offering["site"] for offering in draft.rows("offerings")]
    used = [site for site in draft.rows("sites") if site["id"] in taught]
    min(used, key=lambda site: (taught.count(site["id"]), site["id"]))["min_seats_per_year"] = 12


def instructor_travel(dice: Dice, draft: Draft) -> None:
    """Instructors of two sites, two of them, teach mornings at one and afternoons at the other only where the way is short."""
    patterns = {course["id"]: course["patterns"] for course in draft.courses()}
    for pool in draft.rows("instructors"):
        pool["max_minutes_between_sites"] = dice.pick((15, 20, 30))
        own = [offering for offering in draft.offerings() if _teaches(offering, pool["id"])]
        pairs = [
            (early, late)
            for early in own
            for late in own
            if early["site"] < late["site"]
            and early["course"] != late["course"]
            and set(early["start_weekdays"]) & set(late["start_weekdays"])
        ]
        if not pairs:
            continue
        early, late = min(pairs, key=lambda pair: (pair[0]["id"], pair[1]["id"]))
        pool["count"] = min(pool["count"], 2)
        ends = {"first": early["site"], "second": late["site"]}
        measured = next((row for row in draft.rows("site_distances") if ends.items() <= row.items()), None)
        if measured is None:
            measured = {**ends, "km": 14, "minutes": dice.between(18, 24)}
            draft.rows("site_distances").append(measured)
        pool["max_minutes_between_sites"] = measured["minutes"] - dice.between(1, 3)
        for offering, part in ((early, "morning"), (late, "afternoon")):
            for pattern in patterns[offering["course"]]:
                if pattern.get("part", "day") == "day":
                    longer = {field: 2 * pattern[field] for field in ("days", "weeks") if field in pattern}
                    pattern.update(part=part, **longer)


def hired_room(dice: Dice, draft: Draft) -> None:
    """A hall in the town that asks most is hired by the half day, and instructors come from the workshop by the kilometre."""
    towns = Counter[str]()
    at = {site["municipality"] for site in draft.rows("sites")}
    companies = {company["id"]: company for company in draft.rows("companies")}
    asked = Counter[tuple[str, str]]()
    for line in draft.lines():
        town = companies[line["company"]]["municipality"]
        if town not in at:
            towns[town] += line["count"]
            asked[town, line["course"]] += line["count"]
    taught = {offering["course"]: offering for offering in reversed(draft.offerings())}
    town = min(towns, key=lambda name: (-towns[name], name))
    course = min((name for place, name in asked if place == town and name in taught), key=lambda name: (-asked[town, name], name))
    home = next(company for _, company in sorted(companies.items()) if company["municipality"] == town)
    needs = next(row for row in draft.rows("courses") if row["id"] == course)["needs_equipment"]
    draft.rows("sites").append(
        {"id": "hall", "name": f"Hall {town}", **{name: home[name] for name in ("municipality", "latitude", "longitude")}}
    )
    draft.rows("rooms").append(
        {"id": "hall-room", "name": "Hired room", "site": "hall", "count": 1, "seats": 12, "equipment": needs,
         "hire_cents_per_half_day": dice.pick((6_000, 7_500, 9_000))}
    )  # fmt: skip
    offering = {**taught[course], "id": f"{course}.hall", "site": "hall", "room": "hall-room", "max_parallel": 1, "reserved": []}
    draft.rows("offerings").append(offering)
    for pool in draft.rows("instructors"):
        if _teaches(offering, pool["id"]):
            pool.update(base=taught[course]["site"], travel_cents_per_km=45)

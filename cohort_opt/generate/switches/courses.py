"""Switches of rules that a course carries: sizes, exams, practice, equipment, prices, patterns."""

from __future__ import annotations

import datetime as dt

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft, Row

EQUIPMENT = {
    "concrete": "scaffold", "metal": "welding-booth", "installation": "boiler-rig", "finishing": "bench-saw", "civil": "test-pit",
}  # fmt: skip
"""What the courses of a family need (invented)."""


def start_size(dice: Dice, draft: Draft) -> None:
    """Courses that some leave early start with more: of nine starters eight stay with 84 % at a survival of 92 %."""
    for course in _some(dice, draft, 3):
        course.update(survival_percent=92, keep_min_percent=dice.pick((60, 70)))


def over_booking(dice: Dice, draft: Draft) -> None:
    """Courses to which not everybody comes accept some more than there are places."""
    for course in _some(dice, draft, 2):
        course["show_percent"] = dice.pick((90, 92, 95))


def merge(dice: Dice, draft: Draft) -> None:
    """Two small classes of one course may start side by side, to go on as one from their second week on."""
    taught = {offering["course"]: offering for offering in draft.offerings()}
    able = [c for c in _some(dice, draft, 1) if c["id"] in taught and any(_weeks(p) > 1 for p in c["patterns"])]
    for course in able[:2]:
        course.update(survival_percent=92, keep_min_percent=60, merge_from_week=2)
        for offering in draft.offerings():
            if offering["course"] == course["id"]:
                offering["max_parallel"] = 2


def _weeks(pattern: Row) -> int:
    return -(-int(pattern.get("days", 0)) // 5) + int(pattern.get("weeks", 0))


def exam_date(dice: Dice, draft: Draft) -> None:
    """Courses have an exam on a Friday every eight weeks, and end at most five weeks before one."""
    calendar = draft.fields["calendar"]
    for course in _some(dice, draft, 3):
        first = calendar["start"] + dt.timedelta(weeks=dice.between(5, 8), days=4)
        days = [first + dt.timedelta(weeks=8 * number) for number in range(6)]
        closed = [(period["first"], period["last"]) for period in calendar["closed"]]
        course["exam_dates"] = [
            day for day in days if day <= calendar["end"] and not any(start <= day <= end for start, end in closed)
        ]
        course["exam_within_days"] = 35


def unbroken(dice: Dice, draft: Draft) -> None:
    """Blocks that no holiday may interrupt."""
    for course in _some(dice, draft, 4):
        for pattern in course["patterns"]:
            if pattern["kind"] == "block":
                pattern["unbroken"] = True


def practice_share(dice: Dice, draft: Draft) -> None:
    """Every course tells its practice, and some lines ask for no less than half."""
    for course in draft.rows("courses"):
        course["practice_percent"] = dice.pick((50, 60, 70))
    for line in draft.lines():
        if dice.one_in(8):
            line["min_practice_percent"] = dice.pick((50, 60))


def room_equipment(dice: Dice, draft: Draft) -> None:
    """Every course needs the equipment of its family, and rooms have what is taught in them."""
    del dice  # the same in every region
    needs = {course["id"]: EQUIPMENT[course["trade"]] for course in draft.rows("courses")}
    for course in draft.rows("courses"):
        course["needs_equipment"] = [needs[course["id"]]]
    for room in draft.rows("rooms"):
        room["equipment"] = sorted({needs[o["course"]] for o in draft.rows("offerings") if o["room"] == room["id"]})


def price_spread(dice: Dice, draft: Draft) -> None:
    """Seats of a course cost nearly the same, whichever class a trainee sits in."""
    for course in _some(dice, draft, 3):
        course["max_price_spread_cents"] = dice.pick((20_000, 30_000))


def off_target(dice: Dice, draft: Draft) -> None:
    """Courses wish for classes between minimum and maximum."""
    for course in _some(dice, draft, 3):
        course.update(target_seats=(course["min_seats"] + course["max_seats"]) // 2, off_target_cents=dice.pick((2_500, 5_000)))


def mixed(dice: Dice, draft: Draft) -> None:
    """Courses are also given as a short block and a day a week after it, which half of their lines accept."""
    courses = {course["id"]: course for course in _some(dice, draft, 2)}
    for course in courses.values():
        course["patterns"].append({"kind": "mixed", "days": 3, "weeks": dice.between(4, 6)})
    for line in draft.lines():
        if line["course"] in courses and dice.one_in(2):
            line["patterns"] = sorted({*line["patterns"], "mixed"})


def half_days(dice: Dice, draft: Draft) -> None:
    """Day release of some courses takes mornings or afternoons only, twice as many of them."""
    able = [course for course in draft.courses() if any(p["kind"] == "day_release" for p in course["patterns"])]
    for course in able[:: max(1, len(able) // 2)][:2]:
        for pattern in course["patterns"]:
            if pattern["kind"] == "day_release":
                pattern.update(part=dice.pick(("morning", "afternoon")), weeks=2 * pattern["weeks"])


def qualification(dice: Dice, draft: Draft) -> None:
    """Courses say their level and, but for certificates, an invented number of the register."""
    courses = draft.rows("courses")
    surely = dice.between(0, len(courses) - 1)
    for number, course in enumerate(courses):
        course["level"] = 3 if course["id"].endswith("-2") else 2
        if dice.one_in(6) or number == surely:
            course["certificate_only"] = True
        else:
            course["crebo"] = str(99_000 + number)


def _some(dice: Dice, draft: Draft, count: int) -> list[Row]:
    """Return so many of the courses, in their order."""
    rest = draft.courses()
    chosen: list[Row] = []
    while rest and len(chosen) < count:
        chosen.append(rest.pop(dice.between(0, len(rest) - 1)))
    return sorted(chosen, key=lambda course: str(course["id"]))

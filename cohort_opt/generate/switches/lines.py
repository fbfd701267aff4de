"""Switches of rules that a demand line carries."""

from __future__ import annotations

import datetime as dt

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft, Row
from cohort_opt.problem.rates import great_circle_km, road_km
from cohort_opt.problem.records import Company, Site

NUM_FOLLOWING = 6
NUM_AREAS = 6


def firm_minimum(dice: Dice, draft: Draft) -> None:
    """One line in six is likely or may come."""
    for line in draft.lines():
        if dice.one_in(6):
            likely = dice.one_in(2)
            line.update(certainty="likely" if likely else "maybe", probability_percent=75 if likely else 40)
    draft.lines()[0].update(certainty="likely", probability_percent=75)


def class_size_wish(dice: Dice, draft: Draft) -> None:
    """Some come only if a class is well filled."""
    sizes = {course["id"]: (course["min_seats"], course["max_seats"]) for course in draft.rows("courses")}
    for line in draft.lines():
        if dice.one_in(12):
            least, most = sizes[line["course"]]
            line["min_class_size"] = min(least + dice.between(1, 2), most)


def travel_time_limit(dice: Dice, draft: Draft) -> None:
    """Some journeys were measured, and some lines accept no more than three quarters of an hour."""
    fields = draft.fields
    fields["prices"]["speed_km_per_hour"] = 55
    for company in draft.rows("companies"):
        if dice.one_in(8):
            fields["distances"] += [_measured(dice, company, site, fields["prices"]) for site in draft.rows("sites")]
    for line in draft.lines():
        if dice.one_in(5):
            line["max_travel_minutes"] = dice.pick((35, 45, 60))


def _measured(dice: Dice, company: Row, site: Row, prices: Row) -> Row:
    """Return a road distance near the estimate, and how long it takes."""
    km = road_km(great_circle_km(Company(**company), Site(**site)), prices["detour_percent"]) + dice.between(0, 3)
    return {"company": company["id"], "site": site["id"], "km": km, "minutes": km * 60 // 55 + dice.between(2, 9)}


def areas(dice: Dice, draft: Draft) -> None:
    """Trainees of some lines start from where they live, in areas with invented numbers around the companies."""
    chosen = [dice.pick(draft.rows("companies")) for _ in range(NUM_AREAS)]
    draft.rows("areas").extend(
        {"id": str(1_000 + number), "latitude": home["latitude"], "longitude": home["longitude"]}
        for number, home in enumerate(chosen, start=1)
    )
    for line in draft.lines():
        if dice.one_in(9):
            line["area"] = str(1_000 + dice.between(1, NUM_AREAS))


def stand_alone_price(dice: Dice, draft: Draft) -> None:
    """Some lines pay no more than outside, journeys included."""
    for line in draft.lines():
        if dice.one_in(8):
            line["not_above_alone"] = True
    draft.lines()[1]["not_above_alone"] = True


def module_order(dice: Dice, draft: Draft) -> None:
    """Who is in the second course of a company has done the first one; levels of one trade first, then related courses."""
    trade = {course["id"]: course["trade"] for course in draft.rows("courses")}
    pairs = [
        (_unlikeness(first, second, trade), first["id"], second["id"], first, second)
        for lines in draft.lines_by("company").values()
        for first in lines
        for second in lines
        if first["course"] < second["course"] and second["count"] <= first["count"]
    ]
    used: set[str] = set()
    for _, _, _, first, second in sorted(pairs, key=lambda pair: pair[:3]):
        if not {first["id"], second["id"]} & used and len(used) < 2 * NUM_FOLLOWING:
            used |= {first["id"], second["id"]}
            _follow(dice, draft, first, second)


def _follow(dice: Dice, draft: Draft, first: Row, second: Row) -> None:
    """Let the second line follow the first, in a window that leaves time for both."""
    end = draft.fields["calendar"]["end"]
    earliest = max(second["earliest_start"], first["earliest_start"] + dt.timedelta(weeks=6))
    second.update(
        after=first["id"], min_gap_days=dice.pick((3, 7)), max_gap_days=dice.pick((None, 180)),
        earliest_start=earliest, latest_start=min(end, max(second["latest_start"], earliest + dt.timedelta(weeks=20))),
    )  # fmt: skip


def _unlikeness(first: Row, second: Row, trade: dict[str, str]) -> int:
    """Return 0 for two levels of one course, 1 for courses of one family, 2 for others."""
    if first["course"][:-2] == second["course"][:-2]:
        return 0
    return 1 if trade[first["course"]] == trade[second["course"]] else 2


def support_seats(dice: Dice, draft: Draft) -> None:
    """An interpreter comes along with some lines."""
    for line in draft.lines():
        if dice.one_in(20):
            line["support_seats"] = 1
            line["support_cents_per_day"] = 100 * dice.pick((0, 320, 400))


def buffer_seats(dice: Dice, draft: Draft) -> None:
    """Trainees of some lines have no work until their class starts, and keep busy in the workshop, which has eight places."""
    workshop = next(site for site in draft.rows("sites") if "workshop" in site["id"])
    workshop["buffer_seats"] = 8
    waiting = [line for line in draft.lines() if dice.one_in(10)] or draft.lines()[:1]
    for line in waiting:
        line["buffer_site"] = workshop["id"]

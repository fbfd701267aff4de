"""Switches of rules that a company carries, and of pairs of companies or lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft, Row

NUM_PAIRS = 3


def company_absence_week(dice: Dice, draft: Draft) -> None:
    """Some companies let only some of their trainees go in one week."""
    for company, lines in _companies(draft):
        asked = sum(line["count"] for line in lines)
        if asked > 1 and dice.one_in(3):
            company["max_away_per_week"] = max(company["max_away_per_day"] or 1, (2 * asked + 2) // 3)


def budget(dice: Dice, draft: Draft) -> None:
    """Some companies with several lines have a little less money than all of their seats cost, some of them for half a year."""
    middle = draft.fields["calendar"]["start"] + dt.timedelta(weeks=25, days=6)
    cost = {offering["course"]: offering for offering in draft.rows("offerings")}
    for company, lines in _companies(draft):
        if len(lines) < 2 or not dice.one_in(3):
            continue
        seats = [(line["count"], cost[line["course"]]) for line in lines]
        usual = sum(count * (o["fixed_cents"] // 10 + o["seat_cents"]) for count, o in seats)
        company["budget_cents"] = usual * dice.pick((70, 85, 95)) // 100
        if dice.one_in(2):
            company["budget_last"] = middle


def starters(dice: Dice, draft: Draft) -> None:
    """A school gives one course only if enough start in each of three consecutive years; two of them are promised so far."""
    by_course = draft.lines_by("course")
    course = min(by_course, key=lambda name: (-sum(line["count"] for line in by_course[name]), name))
    least = max(1, sum(line["count"] for line in by_course[course]) // 2)
    draft.rows("starter_tests").append(
        {"id": "school", "name": f"Three years of {course}", "min_starters": least, "years": 3,
         "first": draft.fields["calendar"]["start"], "courses": [course],
         "promised": [{"year": year, "count": least + dice.between(-1, 2)} for year in (2, 3)]}
    )  # fmt: skip


def side_by_side(dice: Dice, draft: Draft) -> None:
    """Companies that share a van send their trainees to the same classes."""
    draft.rows("side_by_side").extend({"first": a["id"], "second": b["id"]} for a, b in _pairs(dice, draft))


def apart(dice: Dice, draft: Draft) -> None:
    """Competitors do not sit in one class, nor do some crews."""
    for number, (a, b) in enumerate(_pairs(dice, draft)):
        of = "companies" if number % 2 else "demands"
        field = "company" if number % 2 else "id"
        draft.rows("apart").append({"first": a[field], "second": b[field], "of": of})


def _companies(draft: Draft) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each company all of whose lines may change, with the lines."""
    every: dict[str, list[Row]] = {}
    for line in draft.rows("demands"):
        every.setdefault(line["company"], []).append(line)
    for company in draft.rows("companies"):
        lines = every.get(company["id"], [])
        if lines and all(line["course"] not in draft.quiet for line in lines):
            yield company, lines


def _pairs(dice: Dice, draft: Draft) -> Iterator[tuple[Row, Row]]:
    """Yield pairs of lines of different companies that ask for the same course; no company is in two pairs."""
    named = {end for pair in draft.paired() for end in pair}
    for line in draft.lines():
        if {line["id"], line["company"]} & named:
            named |= {line["id"], line["company"]}
    by_course = sorted(draft.lines_by("course").items())
    for _ in range(NUM_PAIRS):
        _, lines = dice.pick(by_course)
        able = [line for line in lines if not {line["id"], line["company"]} & named]
        if len(able) < 2:
            continue
        first = dice.pick(able)
        second = dice.pick([line for line in able if line["company"] != first["company"]] or able)
        if first["company"] != second["company"]:
            named |= {first["company"], second["company"]}
            yield first, second

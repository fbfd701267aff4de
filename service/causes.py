"""Why something changed between two proposals: what was asked, what the academy offers, and where neither, the plan as a whole.

A cause is what differs in the two inputs, in the words of the planner; it is never guessed. Where the inputs of a course are the
same, the cause lies elsewhere in the plan, and the two costs are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OWN_ASK = "It asks for %(after)s instead of %(before)s."
OWN_LINES = "It has changed its dates, its distance or its conditions."
CLOSURES = "Its closed days have changed."
COURSE_ASK = "In all, %(after)s are asked for in this course instead of %(before)s."
COURSE_LINES = "A company has changed its dates, its distance or its conditions in this course."
ACADEMY = "The academy has changed what it offers for this course."
SHARED = "The costs of the class are shared by %(after)s instead of %(before)s."
RATES = "The rates of the class have changed."
ELSEWHERE = "Nothing was changed in this course; the plan as a whole costs %(after_cents)s instead of %(before_cents)s."

Cause = tuple[str, dict[str, int | str]]
"""A sentence and its facts."""

_ACADEMY = ("courses", "offerings", "sites", "rooms", "instructors")


class Causes:
    """What differs between the inputs of two proposals, course by course and company by company."""

    def __init__(
        self, earlier: Mapping[str, Any], later: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> None:
        """Read both instances and both proposals once."""
        self._inputs = (earlier, later)
        self._costs = (before.get("objective_cents"), after.get("objective_cents"))
        self._lines = tuple(_lines(instance) for instance in self._inputs)
        self._offered = tuple(_offered(instance) for instance in self._inputs)
        self._closed = tuple({row["id"]: row.get("closed") for row in instance["companies"]} for instance in self._inputs)

    def of_company(self, company: str, course: str) -> Cause | None:
        """Return why seats of a company moved, came or went."""
        before, after = (lines.get((company, course), ()) for lines in self._lines)
        asked = (_count(before), _count(after))
        if asked[0] != asked[1]:
            return OWN_ASK, {"before": asked[0], "after": asked[1]}
        if before != after:
            return OWN_LINES, {}
        if self._closed[0].get(company) != self._closed[1].get(company):
            return CLOSURES, {}
        return self.of_course(course)

    def of_course(self, course: str) -> Cause | None:
        """Return why classes of a course opened, closed, grew or shrank."""
        before, after = (
            sorted(row for (_, own), rows in lines.items() if own == course for row in rows) for lines in self._lines
        )
        asked = (_count(before), _count(after))
        if asked[0] != asked[1]:
            return COURSE_ASK, {"before": asked[0], "after": asked[1]}
        if (
            self._offered[0].get(course) != self._offered[1].get(course)
            or self._inputs[0]["calendar"] != self._inputs[1]["calendar"]
        ):
            return ACADEMY, {}
        if before != after:
            return COURSE_LINES, {}
        cost, later_cost = self._costs
        if cost is None or later_cost is None or cost == later_cost:
            return None
        return ELSEWHERE, {"before_cents": cost, "after_cents": later_cost}

    def of_price(self, before: int, after: int) -> Cause:
        """Return why the price of a seat changed in a class that had and has so many trainees."""
        return (RATES, {}) if before == after else (SHARED, {"before": before, "after": after})


def _lines(instance: Mapping[str, Any]) -> dict[tuple[str, str], tuple[tuple[int, str], ...]]:
    """Return count and everything else of each demand line, by company and course."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in instance["demands"]:
        rest = repr(sorted((name, value) for name, value in row.items() if name not in ("id", "count")))
        found.setdefault((row["company"], row["course"]), []).append((row["count"], rest))
    return {key: tuple(sorted(rows)) for key, rows in found.items()}


def _count(rows: Any) -> int:
    return sum(count for count, _ in rows)


def _offered(instance: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what the academy offers for each course: the course, its offerings, and their sites, rooms and instructors."""
    by_id = {kind: {row["id"]: row for row in instance[kind]} for kind in _ACADEMY}
    found: dict[str, list[Any]] = {course: [row] for course, row in by_id["courses"].items()}
    for offering in instance["offerings"]:
        used = [
            by_id[kind].get(offering.get(name))
            for kind, name in (("sites", "site"), ("rooms", "room"), ("instructors", "instructor"))
        ]
        found.setdefault(offering["course"], []).extend([offering, *used])
    return found

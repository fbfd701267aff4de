"""Switches of what seats use up: a municipal budget, and mentors of companies and of a pool."""

from __future__ import annotations

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft

CENTS_PER_PLACE = 90_000


def seat_quota(dice: Dice, draft: Draft) -> None:
    """A municipality pays for two thirds of its places, and a course has mentors at some companies and in a pool."""
    town = {company["id"]: company["municipality"] for company in draft.rows("companies")}
    by_town: dict[str, list[str]] = {}
    for line in draft.lines():
        by_town.setdefault(town[line["company"]], []).append(line["id"])
    counts = {line["id"]: line["count"] for line in draft.lines()}
    name = min(by_town, key=lambda place: (-len(by_town[place]), place))
    asked = sum(counts[line] for line in by_town[name])
    draft.rows("seat_quotas").append(
        {"id": "budget", "kind": "municipal_budget", "limit": max(1, 2 * asked // 3) * CENTS_PER_PLACE,
         "uses": [{"demands": by_town[name], "amount": CENTS_PER_PLACE}]}
    )  # fmt: skip
    lines = min(draft.lines_by("course").items(), key=lambda found: (-len(found[1]), found[0]))[1]
    free = {line["id"]: dice.between(0, line["count"]) for line in lines}
    short = sum(line["count"] - free[line["id"]] for line in lines)
    draft.rows("seat_quotas").append(
        {"id": "mentors", "kind": "mentors", "limit": max(1, short // 2),
         "uses": [{"block": line["id"], "demands": [line["id"]]} for line in lines],
         "allowances": [{"block": line["id"], "free": free[line["id"]]} for line in lines]}
    )  # fmt: skip

"""Switches of the rules inside a class and between classes: each changes the fields of an instance so that its rule may bind."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

Fields = dict[str, Any]
PROBABILITY = 0.06
"""Of each switch: in 2,000 instances each rule is on in about 120."""


def commitments(rng: random.Random, fields: Fields) -> None:
    """Lines were told where they sit: in runs that are, that they may not attend, or that are no more; some are frozen."""
    from cohort_opt.problem.records import InstanceRecords
    from tests.properties.brute_force import may_attend, possible_runs

    given = InstanceRecords(**fields)
    runs = list(possible_runs(given))
    fields["planning_date"] = fields["calendar"]["start"] - dt.timedelta(days=rng.choice((1, 7, 20)))
    fields["prices"].update(
        change_cents_published=rng.choice((0, 400)), change_cents_agreed=rng.choice((300, 2_000, 15_000)),
        change_weeks=rng.choice((0, 0, 5)), frozen_weeks=rng.choice((0, 0, 0, 2)),
    )  # fmt: skip
    drawn = {}
    for line in given.demands:
        fit = [run for run in runs if may_attend(given, line, run)]
        for run in rng.sample(fit, k=min(len(fit), rng.choice((0, 1, 1, 2)))):
            state = rng.choice(("published", "agreed", "agreed", "started")) if rng.random() < 0.3 else "agreed"
            drawn[line.id, run.id] = (run.dates[0], rng.randint(1, line.count), state)
    first = given.demands[0]
    if rng.random() < 0.2:
        drawn[first.id, "gone/2027-03-01/block1"] = (given.calendar.start + dt.timedelta(days=30), 1, "agreed")
    fields["commitments"] = [
        {
            "demand": line,
            "run": run,
            "start": start,
            "count": count,
            "state": state,
            "seat_price_cents": rng.choice((None, None, 300, 900, 2_000, 6_000)),
        }
        for (line, run), (start, count, state) in drawn.items()
    ]


def firm_minimum(rng: random.Random, fields: Fields) -> None:
    """Some lines may stay away."""
    for line in fields["demands"]:
        if rng.random() < 0.5:
            line.update(certainty=rng.choice(("likely", "maybe")), probability_percent=rng.choice((1, 35, 70, 99)))


def combination(rng: random.Random, fields: Fields) -> None:
    """The classes of one offering take in the other course."""
    ids = [course["id"] for course in fields["courses"]]
    offering = rng.choice(fields["offerings"])
    others = [course for course in ids if course != offering["course"]]
    if others:
        offering["combines"] = [{"course": others[0], "max_seats": rng.randint(1, 3)}]
    if not others or rng.random() < 0.4:
        offering["own_max_seats"] = rng.randint(1, 4)


def reservation(rng: random.Random, fields: Fields) -> None:
    """Companies keep a seat or two."""
    most = {course["id"]: course["max_seats"] for course in fields["courses"]}
    seats = {room["id"]: room["seats"] for room in fields["rooms"]}
    until = fields["calendar"]["start"] - dt.timedelta(days=rng.choice((0, 0, 0, 90)))
    for offering in fields["offerings"]:
        left = min(most[offering["course"]], seats[offering["room"]])
        rows = []
        for company in rng.sample([c["id"] for c in fields["companies"]], k=rng.choice((1, 1, 2))):
            wanted = rng.randint(1, 2)
            if wanted <= left:
                rows.append({"company": company, "seats": wanted, "until": until})
                left -= wanted
        offering["reserved"] = rows


def apart(rng: random.Random, fields: Fields) -> None:
    """Two lines of one course, where there are two, or two companies never meet."""
    kind = rng.choice(("demands", "companies"))
    course = rng.choice(fields["demands"])["course"]
    ids = [row["id"] for row in fields[kind] if row.get("course", course) == course]
    first, second = rng.sample(ids if len(ids) > 1 else [row["id"] for row in fields[kind]], k=2)
    fields["apart"] = [{"first": first, "second": second, "of": kind}]


def side_by_side(rng: random.Random, fields: Fields) -> None:
    """Two lines of one course sit together."""
    course = rng.choice(fields["demands"])["course"]
    lines = [line["id"] for line in fields["demands"] if line["course"] == course]
    if len(lines) > 1:
        first, second = rng.sample(lines, k=2)
        named = {frozenset((row["first"], row["second"])) for row in fields.get("apart", ())}
        if frozenset((first, second)) not in named:
            fields["side_by_side"] = [{"first": first, "second": second}]


def off_target(rng: random.Random, fields: Fields) -> None:
    """Classes wish to hold so many."""
    for course in fields["courses"]:
        course["target_seats"] = rng.randint(course["min_seats"], course["max_seats"])
        course["off_target_cents"] = rng.choice((100, 900, 4_000))


def module_order(rng: random.Random, fields: Fields) -> None:
    """A line follows another one of its company, where it has two."""
    for line in fields["demands"]:
        others = [row["id"] for row in fields["demands"] if row["company"] == line["company"] and row["id"] < line["id"]]
        if others:
            gap = rng.choice((1, 1, 3, 8))
            line.update(after=others[0], min_gap_days=gap, max_gap_days=rng.choice((None, gap, gap + 7)))


def stand_alone_price(rng: random.Random, fields: Fields) -> None:
    """Some lines pay no more than outside."""
    for line in fields["demands"]:
        if rng.random() < 0.6:
            own = rng.random() < 0.6
            line["not_above_alone"] = True
            line["outside"] = {
                "own_course_fixed_cents": rng.choice((1_000, 4_000)) if own else None,
                "own_course_seat_cents": rng.choice((0, 500)) if own else None,
                "list_price_cents": None if own and rng.random() < 0.5 else rng.choice((700, 1_800, 3_500)),
                "travel_cents": rng.choice((0, 300)),
            }


def budget(rng: random.Random, fields: Fields) -> None:
    """Some companies have little money, for some weeks or all."""
    for company in fields["companies"]:
        if rng.random() < 0.6:
            company["budget_cents"] = rng.choice((500, 2_000, 5_000))
            if rng.random() < 0.4:
                company["budget_first"] = fields["calendar"]["start"] + dt.timedelta(days=rng.choice((0, 4)))
                company["budget_last"] = company["budget_first"] + dt.timedelta(days=rng.choice((0, 6)))


def price_spread(rng: random.Random, fields: Fields) -> None:
    """Seats of a course cost nearly the same; classes are small, so that a course often has more than one."""
    for course in fields["courses"]:
        course.update(max_price_spread_cents=rng.choice((0, 100, 1_500)), min_seats=1, max_seats=rng.choice((2, 3)))
        course.update(survival_percent=None, keep_min_percent=None, merge_from_week=None)  # leavers would ask for larger classes
    for offering in fields["offerings"]:
        offering.update(fixed_cents=rng.choice((1_000, 3_000)), start_weekdays=["mon"], every_weeks=1)
        offering["last_start"] = offering["first_start"] + dt.timedelta(days=7)
    for line in fields["demands"]:
        line["count"] = min(line["count"], 2)
        line["min_part"] = min(line.get("min_part", 1), line["count"])
        line["min_class_size"] = min(line.get("min_class_size", 1), 2)


def merge(rng: random.Random, fields: Fields) -> None:
    """Two small classes start side by side, and go on as one in their second week; over-booking would hide it."""
    from tests.properties.trade_rules import starts_with_enough

    course = fields["courses"][0]
    least = course["min_seats"]
    curve = {"survival_percent": rng.choice((66, 80)), "keep_min_percent": rng.choice((61, 90)), "merge_from_week": 2}
    changes = {**curve, "max_seats": least + rng.randint(0, 1), "patterns": [{"kind": "day_release", "weeks": 2}]}
    together = min(2 * changes["max_seats"], 100 * changes["max_seats"] // curve["survival_percent"])
    wished = any(row.get("min_class_size", 0) > changes["max_seats"] for row in fields["demands"])
    tight = any(room["seats"] < changes["max_seats"] for room in fields["rooms"])
    if wished or tight or not starts_with_enough(SimpleNamespace(min_seats=least, **curve), together):
        return
    course.update(changes, show_percent=100)
    for row in (*fields["rooms"], *fields["instructors"]):
        row["count"] = 2
    for offering in fields["offerings"]:
        if offering["course"] == course["id"]:
            offering.update(max_parallel=2, start_weekdays=["mon"], last_start=offering["first_start"] + dt.timedelta(days=4))
    for line in fields["demands"]:
        line["patterns"] = ["block", "day_release"]


def site_load(rng: random.Random, fields: Fields) -> None:
    """A site opens only for some trainees in all."""
    for site in fields["sites"]:
        site["min_seats_per_year"] = rng.choice((2, 4, 5, 6, 8))


def subsidies(rng: random.Random, fields: Fields) -> None:
    """Seats of some lines bring grants from a size or a seat on, some out of a pot that may be too small."""
    from cohort_opt.problem.records import InstanceRecords
    from tests.properties.brute_force import may_attend, possible_runs

    given = InstanceRecords(**fields)
    pots = [{"id": f"pot{i}", "budget_cents": rng.choice((0, 900, 4_000))} for i in range(rng.choice((0, 1, 2)))]
    grants = []
    for line in given.demands:
        for run in possible_runs(given):
            if may_attend(given, line, run) and rng.random() < 0.5:
                for _ in range(rng.choice((1, 1, 2))):
                    low, first = rng.randint(1, 4), rng.choice((1, 1, 2))
                    grants.append(
                        {
                            "id": f"g{len(grants)}", "demand": line.id, "run": run.id,
                            "cents": rng.choice((0, 250, 1_200, 9_000)),
                            "first_size": low, "last_size": low + rng.choice((0, 2, 400)),
                            "first_seat": first, "last_seat": first + rng.choice((0, 1, 400)),
                            "pot": rng.choice(pots)["id"] if pots and rng.random() < 0.6 else None,
                        }
                    )  # fmt: skip
    fields.update(grants=grants, grant_pots=pots)


def seat_quota(rng: random.Random, fields: Fields) -> None:
    """Seats use up something: a plain cap, or sums of several blocks and steps; some may be passed at a price."""
    lines = [line["id"] for line in fields["demands"]]
    start = fields["calendar"]["start"]
    quotas = []
    for i in range(rng.choice((1, 1, 2))):
        uses, allowances = [], []
        for block in range(rng.choice((1, 1, 2))):
            for step in range(1, rng.choice((2, 2, 3))):
                own = rng.sample(lines, k=rng.randint(1, len(lines)))
                use = {"block": f"b{block}", "step": step, "demands": own, "amount": rng.choice((1, 1, 2))}
                field = rng.choice(("starts_from", "starts_until", "ends_from", "ends_until", "", ""))
                if field:
                    use[field] = start + dt.timedelta(days=rng.choice((3, 8, 15)))
                uses.append(use)
                if rng.random() < 0.4:
                    allowances.append({"block": f"b{block}", "step": step, "free": rng.choice((0, 1, 3)),
                                       "at_most": rng.choice((None, None, 2))})  # fmt: skip
        quotas.append(
            {
                "id": f"q{i}", "kind": rng.choice(("mentors", "municipal_budget", "check_ins")), "limit": rng.choice((0, 1, 3)),
                "cents_over": rng.choice((None, None, None, 0, 700, 6_000)), "uses": uses, "allowances": allowances,
            }
        )  # fmt: skip
    fields["seat_quotas"] = quotas


def support_seats(rng: random.Random, fields: Fields) -> None:
    """Some lines bring support that takes seats and costs something."""
    for line in fields["demands"]:
        if rng.random() < 0.5:
            line.update(support_seats=rng.choice((0, 1, 1, 2)), support_cents_per_day=rng.choice((0, 90, 600)),
                        support_cents_once=rng.choice((0, 0, 1_500)))  # fmt: skip


COUPLING_SWITCHES: dict[str, Callable[[random.Random, Fields], None]] = {
    switch.__name__: switch
    for switch in (
        merge, price_spread, firm_minimum, combination, reservation, apart, side_by_side, off_target, module_order,
        stand_alone_price, budget, site_load, support_seats, seat_quota, commitments, subsidies,
    )
}  # fmt: skip
"""By name, in the order in which they are applied; first what sets sizes, last what looks at who may attend."""


def coupling_rules_switched_on(seed: int, probability: float = PROBABILITY) -> set[str]:
    """Return the names of the rules that are on for this seed."""
    return {name for name in COUPLING_SWITCHES if random.Random(f"coupling {seed} {name}").random() < probability}


def switch_coupling_rules(seed: int, fields: Fields, probability: float = PROBABILITY) -> None:
    """Switch the rules of this seed on."""
    on = coupling_rules_switched_on(seed, probability)
    for name, switch in COUPLING_SWITCHES.items():
        if name in on:
            switch(random.Random(f"coupling values {seed} {name}"), fields)

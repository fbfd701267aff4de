"""Each rule against the same instance without it: what only forbids makes no plan cheaper, what extends none dearer."""

import copy
from typing import Any

import pytest

from cohort_opt.model.constraints import EXTENDING_RULES
from tests.conftest import CAMPAIGN
from tests.properties.lifted_rules import BESIDE, EXTENDS, FORBIDS, LIFTED, RESHAPES, without
from tests.properties.random_instances import random_fields, rules_switched_on
from tests.properties.test_metamorphic import solved, value

CASES = 8 * CAMPAIGN
"""Instances of each rule."""
Fields = dict[str, Any]


def instances(rule: str, beside: frozenset[str] = frozenset()) -> list[tuple[int, Fields]]:
    """Return the first instances that have a rule, and none of those beside which a relation does not hold."""
    found: list[tuple[int, Fields]] = []
    for seed in range(2_000 * CAMPAIGN):
        on = rules_switched_on(seed)
        if len(found) < CASES and rule in on and not beside & on:
            found.append((seed, random_fields(seed)))
    assert len(found) >= min(CASES, 8), f"{rule} is too rare"
    return found


def worse(plan: int | None, other: int | None) -> bool:
    """Return whether a plan costs more than another one; no plan at all is the worst."""
    return other is not None and (plan is None or plan > other)


def test_every_rule_has_a_relation():
    assert sorted((*FORBIDS, *EXTENDS, *RESHAPES)) == sorted(LIFTED)


@pytest.mark.campaign
@pytest.mark.parametrize("rule", sorted(FORBIDS))
def test_without_a_rule_that_only_forbids_no_plan_is_dearer(rule):
    for seed, fields in instances(rule, BESIDE.get(rule, frozenset())):
        assert not worse(value(solved(without(rule, fields))), value(solved(fields))), f"seed {seed}"


@pytest.mark.campaign
@pytest.mark.parametrize("rule", sorted(EXTENDS))
def test_without_a_rule_that_extends_no_plan_is_cheaper(rule):
    for seed, fields in instances(rule, BESIDE.get(rule, frozenset())):
        assert not worse(value(solved(fields)), value(solved(without(rule, fields)))), f"seed {seed}"


def changed(fields: Fields, collection: str, change: Any) -> Fields:
    """Return the fields with every row of a collection changed."""
    made = copy.deepcopy(fields)
    for row in made[collection]:
        change(row)
    return made


@pytest.mark.campaign
def test_a_closed_saturday_changes_nothing():
    for seed, fields in instances("calendar"):
        again = copy.deepcopy(fields)
        saturday = again["calendar"]["start"].replace(day=6)
        again["calendar"]["closed"].append({"first": saturday, "last": saturday, "name": "fair"})
        assert value(solved(again)) == value(solved(fields)), f"seed {seed}"


MIRROR = {"morning": "afternoon", "afternoon": "morning", "day": "day"}


@pytest.mark.campaign
def test_afternoons_for_mornings_and_mornings_for_afternoons_cost_the_same():
    for seed, fields in instances("half_days"):
        turned = copy.deepcopy(fields)
        for course in turned["courses"]:
            for pattern in course["patterns"]:
                pattern["part"] = MIRROR[pattern.get("part", "day")]
        for rows in ("pins", "bans", "commitments", "grants"):
            for row in turned.get(rows, ()):
                row["run"] = _mirrored(row["run"])
        assert value(solved(turned)) == value(solved(fields)), f"seed {seed}"


def _mirrored(run: str) -> str:
    """Return the id of the run in the other half of the day: offering/start/pattern, then the pool if it is not the usual one."""
    parts = run.split("/")
    turned = {"am": "pm", "pm": "am"}.get(parts[2][-2:])
    return run if turned is None else "/".join((*parts[:2], parts[2][:-2] + turned, *parts[3:]))


@pytest.mark.campaign
def test_an_area_at_the_company_itself_changes_nothing():
    for seed, fields in instances("travel_limit", frozenset({"areas"})):
        moved = copy.deepcopy(fields)
        number = {company["id"]: str(2_000 + i) for i, company in enumerate(fields["companies"])}
        moved["areas"] = [
            {"id": number[c["id"]], "latitude": c["latitude"], "longitude": c["longitude"]} for c in fields["companies"]
        ]
        moved["distances"] = [
            {**row, "company": None, "area": number[row["company"]]} for row in fields["distances"] if "company" in row
        ]
        for line in moved["demands"]:
            line["area"] = number[line["company"]]
        assert value(solved(moved)) == value(solved(fields)), f"seed {seed}"


@pytest.mark.campaign
def test_one_more_seat_for_a_combined_course_makes_no_plan_dearer():
    for seed, fields in instances("combination"):
        wider = copy.deepcopy(fields)
        for offering in wider["offerings"]:
            for row in offering.get("combines", ()):
                row["max_seats"] += 1
        assert not worse(value(solved(wider)), value(solved(fields))), f"seed {seed}"


@pytest.mark.campaign
def test_a_minimum_that_must_stay_less_surely_makes_no_plan_dearer():
    for seed, fields in instances("merge"):
        looser = changed(fields, "courses", lambda c: c.get("keep_min_percent") and c.update(keep_min_percent=30))
        assert not worse(value(solved(looser)), value(solved(fields))), f"seed {seed}"


@pytest.mark.campaign
def test_likely_lines_that_turn_firm_at_the_same_price_of_waiting_make_no_plan_dearer():
    for seed, fields in instances("firm_minimum"):
        usual = fields["prices"]["unplaced_cents"]

        def confirm(line: Fields, usual: int = usual) -> None:
            price, percent = line.get("unplaced_cents", usual), line.pop("probability_percent", 100)
            line.update(certainty="firm", unplaced_cents=(price * percent + 50) // 100)

        assert not worse(value(solved(changed(fields, "demands", confirm))), value(solved(fields))), f"seed {seed}"


def test_the_rules_that_extend_are_those_that_say_so():
    # The model's registry speaks of rules of the judge, the switches of what is given.
    says = {
        "over_booking": "class_size",
        "mixed": "release_pattern",
        "boarding": "boarding",
        "instructor_alternatives": "offering",
    }
    assert {says.get(name, name) for name in EXTENDS - {"subsidies"}} | {"combination", "merge"} == set(EXTENDING_RULES)

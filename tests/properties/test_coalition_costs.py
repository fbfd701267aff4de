"""What the solver says a coalition would pay is what trying every plan of its members says, on random small instances."""

from typing import Any

import pytest

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import InstanceRecords
from cohort_opt.solver.coalition_plans import CoalitionPlans
from tests.properties.brute_force import best_plan
from tests.properties.random_instances import random_fields


def plain(seed: int) -> dict[str, Any]:
    """Return a random instance without pins, absences of rooms and instructors, and outside options but waiting."""
    fields = random_fields(seed, coupling=0.0)
    fields["pins"] = []
    fields["prices"]["waiting_cents_per_week"] = 0
    for pool in (*fields["rooms"], *fields["instructors"]):
        pool["absences"] = []
    return fields


def of_members(fields: dict[str, Any], inside: set[str], proportional: bool) -> InstanceRecords:
    """Return the instance of a coalition: its lines, and its whole share of rooms and instructors."""
    lines = [line for line in fields["demands"] if line["company"] in inside]
    kept = {line["id"] for line in lines}
    own, whole = (sum(line["count"] for line in rows) for rows in (lines, fields["demands"]))
    everywhere = {"first": fields["calendar"]["start"], "last": fields["calendar"]["end"], "name": "not theirs"}

    def share(pool: dict[str, Any]) -> dict[str, Any]:
        theirs = pool["count"] if not proportional else pool["count"] * own // whole
        away = pool["count"] - theirs
        return {**pool, "absences": [{**everywhere, "count": away}] if away else []}

    return InstanceRecords(
        **{
            **fields,
            "demands": lines,
            "bans": [ban for ban in fields.get("bans", []) if ban.get("demand") is None or ban["demand"] in kept],
            "rooms": [share(room) for room in fields["rooms"]],
            "instructors": [share(pool) for pool in fields["instructors"]],
        }
    )


@pytest.mark.parametrize("proportional", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_a_coalition_pays_what_its_best_plan_costs(seed, proportional):
    fields = plain(seed)
    instance = Instance(**fields)
    oracle = CoalitionPlans(instance, proportional=proportional)
    for coalition in range(1, 1 << len(oracle.companies)):
        inside = {company for i, company in enumerate(oracle.companies) if coalition >> i & 1}
        best = best_plan(of_members(fields, inside, proportional))
        assert best is not None
        answer = oracle.cost(coalition)
        assert (answer.cents, answer.least_cents) == (best.cents, best.cents), (seed, inside)

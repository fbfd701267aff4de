"""Ordered goals on random small instances: the value of each goal, and of the sum of cents after them, is that of every plan."""

import collections
import random

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import InstanceRecords
from tests.conftest import CAMPAIGN
from tests.properties.goals_by_force import best_by_goals, number_of_plans
from tests.properties.random_instances import random_fields

NAMES = ("placed", "changes", "cost", "travel", "spread")
CASES = 300 * CAMPAIGN
MOST_PLANS = 3_000
"""Instances with more plans are passed over: here every one of them is looked at."""


def drawn_goals(seed: int) -> tuple[str, ...]:
    """Return two to five goals in a random order."""
    rng = random.Random(f"goals {seed}")
    return tuple(rng.sample(NAMES, k=rng.randint(2, 5)))


@pytest.mark.campaign
def test_each_goal_is_as_good_as_those_before_it_allow():
    seen: collections.Counter[str] = collections.Counter()
    for seed in range(CASES):
        fields = random_fields(seed)
        given, goals = InstanceRecords(**fields), drawn_goals(seed)
        if number_of_plans(given) > MOST_PLANS:
            continue
        try:
            proposal = propose(Instance(**fields, goals=goals))
        except InstanceError:
            continue
        best = best_by_goals(given, goals)
        if best is None:
            seen["infeasible"] += 1
            assert (proposal.status, proposal.goals) == ("infeasible", ()), f"seed {seed}"
            continue
        reached = (*(goal.value for goal in proposal.goals), proposal.objective_cents)
        assert tuple(goal.name for goal in proposal.goals) == goals
        assert reached == best, f"seed {seed}: {goals}"
        assert (*(goal.bound for goal in proposal.goals), proposal.bound_cents) == best, f"seed {seed}"
        assert proposal.status == "optimal", f"seed {seed}"
        seen[goals[0]] += 1
        without = propose(Instance(**fields))
        seen["another plan than by cents"] += without.classes != proposal.classes
        assert without.objective_cents <= proposal.objective_cents, f"seed {seed}"
    assert min(seen[name] for name in (*NAMES, "infeasible", "another plan than by cents")) >= 5, seen

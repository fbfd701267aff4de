"""Rules inside and across classes: value, bound and infeasibility of tiny problems agree with trying everything."""

import collections

import pytest

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve
from tests.cohort_opt.solver.coupled_problems import RULES, best_value, random_coupled

CASES = 600
PARAMS = SolveParams(deterministic_limit=20, time_limit_seconds=60)


@pytest.mark.campaign
def test_value_bound_and_infeasibility_agree_with_trying_everything(campaign):
    used, seen = collections.Counter(), collections.Counter()
    for seed in range(CASES * campaign):
        problem, on = random_coupled(seed)
        used.update(on)
        best, result = best_value(problem), solve(problem, PARAMS)
        seen[result.status] += 1
        if best is None:
            assert result.status is SolveStatus.INFEASIBLE, seed
            continue
        assert (result.status, result.objective, result.bound) == (SolveStatus.OPTIMAL, best, best), (seed, sorted(on))
    assert min(used[rule] for rule in RULES) >= 50
    assert min(seen[SolveStatus.OPTIMAL], seen[SolveStatus.INFEASIBLE]) > 5


@pytest.mark.campaign
def test_the_greedy_start_keeps_every_rule_but_pins(campaign):
    opened = 0
    for seed in range(600 * campaign):
        problem, _ = random_coupled(seed)
        plan = greedy_plan(problem)
        opened += plan.num_classes
        assert set(plan.faults(problem)) <= {"pins"}, seed
    assert opened > 50


def test_a_problem_without_these_rules_pays_no_variable_for_them():
    for seed in range(5_000):
        problem, on = random_coupled(seed)
        if on & set(RULES) - {"cap", "pins"}:
            continue
        assert not problem.beyond_matrix()
        built = build(problem)
        slots = built.variables.slots
        # y per slot, x per seat, u per group: nothing else.
        assert len(built.model.proto.variables) == slots.num_slots + slots.num_seats + problem.num_groups
        assert slots.num_slots == problem.num_runs
        assert Plan.nobody().value(problem) == int((problem.group_unplaced_cents * problem.group_count).sum())
        return
    pytest.fail("no seed without these rules")

"""A first plan for a large problem uses the few best runs of each group, and keeps every rule."""

import random

from cohort_opt.bench.judge import judge
from cohort_opt.bench.small import compact
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.nearest import RUNS_PER_GROUP, nearest_arcs, nearest_plan, worth_nearing
from cohort_opt.solver.params import SolveParams


def region(num_groups, num_runs):
    """Return groups that must all be placed, runs of 20 seats, and a cost for every pair."""
    dice = random.Random(3)
    arcs = {(g, r): dice.randint(1, 99) for g in range(num_groups) for r in range(num_runs)}
    groups = [dice.randint(1, 4) for _ in range(num_groups)]
    return compact(groups, [(50, 0, 20)] * num_runs, arcs, must_place=range(num_groups), apart=[(0, 1), (2, 3)])


def test_each_group_keeps_its_cheapest_runs_and_its_pins():
    # Fixed costs 0, 30, 90 over 10 seats: a seat costs 5 + 0, 1 + 3, 1 + 9; the two cheapest are runs 1 (4) and 0 (5).
    runs = [(0, 1, 10), (30, 1, 10), (90, 1, 10)]
    problem = compact([2], runs, {(0, 0): 5, (0, 1): 1, (0, 2): 1})
    assert nearest_arcs(problem, 2).tolist() == [0, 1]
    pinned = compact([2], runs, {(0, 0): 5, (0, 1): 1, (0, 2): 1}, pinned={(0, 2): 1})
    assert nearest_arcs(pinned, 1).tolist() == [1, 2]


def test_a_first_plan_places_everybody():
    problem = region(30, 25)
    plan = nearest_plan(problem, Limits(SolveParams(time_limit_seconds=60)))
    ruling = judge(problem, plan.classes_by_run(problem.num_runs), plan.unplaced(problem).tolist())
    assert ruling.violations == ()
    assert plan.unplaced(problem).sum() == 0


def test_small_problems_and_whole_groups_are_left_to_others():
    assert not worth_nearing(region(30, RUNS_PER_GROUP))
    arcs = {(g, r): 1 for g in range(80) for r in range(40)}
    whole = compact([2] * 80, [(1, 0, 9)] * 40, arcs, min_part=dict.fromkeys(range(80), 2))
    assert not worth_nearing(whole)
    assert worth_nearing(region(80, 40))

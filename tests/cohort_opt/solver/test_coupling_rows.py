"""Rules inside and across classes as matrix rows: a mixed-integer engine finds what trying everything finds."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.plan import Plan
from cohort_opt.model.slots import Slots
from cohort_opt.solver import mathopt
from cohort_opt.solver.coupling_rows import CouplingRows
from cohort_opt.solver.matrix import exact_matrix
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.solve import solve
from tests.cohort_opt.solver.coupled_problems import best_value, random_coupled

CASES = 300
ROWS = {
    "class_limits",
    "side_by_side",
    "size_steps",
    "links",
    "spreads",
    "loads",
    "changes",
    "off_target",
    "cap",
    "pins",
    "support",
    "quotas",
}
"""Rules that the matrix says exactly; of the others it knows less (budgets), or nothing but what bounds them from below."""


def answer_of(problem):
    """Return matrix and answer of the mixed-integer engine."""
    matrix = exact_matrix(problem)
    return matrix, mathopt.run(mathopt.model_of(matrix), mathopt.Engine.HIGHS, seconds=60)


@pytest.mark.campaign
def test_the_matrix_has_the_value_that_trying_everything_finds(campaign):
    solved = 0
    for seed in range(CASES * campaign):
        problem, on = random_coupled(seed)
        best, (matrix, answer) = best_value(problem), answer_of(problem)
        if best is None:
            # What the matrix does not know may keep a plan alive in it: then the gate drops it.
            assert answer.status == "infeasible" or (on - ROWS and plan_of(matrix, problem, answer).faults(problem)), seed
            continue
        assert answer.status == "optimal", (seed, sorted(on))
        cents = mathopt.whole_bound(answer.bound) + problem.constant_cents
        assert cents <= best, (seed, sorted(on))
        kept_budget = on <= ROWS | {"budgets"} and not plan_of(matrix, problem, answer).faults(problem)
        if on <= ROWS or kept_budget:
            assert cents == best, (seed, sorted(on))
            solved += bool(on)
    assert solved > 40


def plan_of(matrix, problem, answer):
    """Return the plan of an answer."""
    return matrix.read(problem, answer.values)


@pytest.mark.campaign
def test_a_plan_that_keeps_every_rule_fills_every_column_within_every_row(campaign):
    looked = 0
    for seed in range(CASES // 3 * campaign):
        problem, on = random_coupled(seed)
        plan = solve(problem, SolveParams(deterministic_limit=20, time_limit_seconds=60))
        if plan.classes is None:
            continue
        found = plan_from(problem, plan)
        matrix = exact_matrix(problem)
        values = matrix.start(problem, found)
        activity = np.bincount(matrix.row, weights=matrix.coefficient * values[matrix.column], minlength=len(matrix.row_upper))
        assert (activity <= matrix.row_upper + 1e-6).all(), seed
        assert (activity >= matrix.row_lower - 1e-6).all(), seed
        assert (values <= matrix.upper + 1e-6).all(), seed
        if on <= ROWS | {"budgets"}:
            assert round(float(matrix.cost @ values)) + problem.constant_cents == plan.objective, seed
        looked += found.num_classes
    assert looked > 40


def plan_from(problem, result):
    """Return the plan of a result."""
    return Plan.of_classes([(run, members) for run, held in enumerate(result.classes) for members in held])


def test_side_by_side_forbids_the_one_who_comes_alone():
    # Two groups of 2, a run of exactly 2 for 5 cents, 20 cents a trainee who waits. Side by side one of each sits: 5 + 2 x 20.
    # The second may attend nothing else, so the cost is 45 either way; with the second left out of the run both wait: 80.
    both = compact([2, 2], [(5, 2, 2)], {(0, 0): 0, (1, 0): 0}, unplaced=[20, 20])
    alone = compact([2, 2], [(5, 2, 2)], {(0, 0): 0}, unplaced=[20, 20])
    pair = np.array([[0, 1]], dtype=np.int64)
    assert round(answer_of(_with(both, side_by_side=pair))[1].objective) == 45
    assert round(answer_of(_with(alone, side_by_side=pair))[1].objective) == 80
    assert round(answer_of(alone)[1].objective) == 45


def _with(problem, **changes):
    return replace(problem, **changes)


def test_a_problem_without_these_rules_gets_no_column_and_no_row():
    problem = compact([2, 2], [(5, 2, 2)], {(0, 0): 0, (1, 0): 0}, unplaced=[20, 20])
    slots = Slots.of(problem)
    none = CouplingRows.of(problem, slots, slots.num_slots, np.full(slots.num_seats, -1), 7)
    assert (none.cost, none.limit) == ([], [])
    # y, x, x, u, u
    assert exact_matrix(problem).num_columns == 5


def test_both_engines_together_agree_with_trying_everything():
    params = SolveParams(Mode.FAST, workers=2, time_limit_seconds=30)
    for seed in range(40):
        problem, on = random_coupled(seed)
        best, result = best_value(problem), solve(problem, params)
        assert result.objective == best, (seed, sorted(on))
        assert best is None or result.bound == best, (seed, sorted(on))

"""No bound that the engine publishes lies above the best plan: prices, ascent, columns and matrix against enumeration."""

import pytest

from cohort_opt.bench.small import compact, random_problem
from cohort_opt.model.plan import Plan
from cohort_opt.solver import mathopt
from cohort_opt.solver.ascent import ascend, first_prices
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import exact_matrix, relaxed_matrix
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.pricing import Pricer

CASES, CHUNK = 2_000, 100
LINEAR_EVERY = 5
"""Linear and mixed-integer engines are asked for every fifth case: each takes some milliseconds."""


def bounds_of(problem, linear):
    """Return every bound by its name."""
    pricer = Pricer(problem)
    plan = greedy_plan(problem)
    plan = plan if not plan.faults(problem) else Plan.nobody()
    prices = first_prices(pricer, plan)
    found = {"prices": pricer.price(prices).bound}
    found["ascent"] = ascend(pricer, prices, plan.value(problem), steps=30)[0]
    if linear:
        columns = column_bound(problem, Limits(SolveParams()), [plan], start=prices)
        found["columns"] = columns.bound
        for name, matrix, relax in (
            ("linear relaxation", relaxed_matrix(problem), True),
            ("flow relaxation", relaxed_matrix(problem), False),
            ("exact matrix", exact_matrix(problem), False),
        ):
            engine = Engine.GLOP if relax else Engine.HIGHS
            answer = mathopt.run(mathopt.model_of(matrix, relax=relax), engine, seconds=10)
            found[name] = mathopt.whole_bound(answer.objective if relax else answer.bound)
    return found


@pytest.mark.campaign
@pytest.mark.parametrize("pins", [False, True])
@pytest.mark.parametrize("first_seed", range(0, CASES, CHUNK))
def test_no_bound_lies_above_the_best_plan(first_seed, pins, brute_force):
    for seed in range(first_seed, first_seed + CHUNK):
        problem = random_problem(seed, pins=pins)
        best = brute_force(problem)
        if best is None:
            continue
        found = bounds_of(problem, linear=seed % LINEAR_EVERY == 0)
        above = {name: bound for name, bound in found.items() if bound is not None and bound > best}
        assert not above, f"seed {seed}: the best plan costs {best}"
        if "exact matrix" in found:
            assert found["exact matrix"] == best, f"seed {seed}: {found}"


def test_classes_of_several_hundred_are_bounded_without_a_table_of_sizes():
    # Two whole groups of 300 and 200 fit the class of 500, which costs 7; waiting would cost 500 * 9.
    problem = compact([300, 200], [(7, 500, 500)], {(0, 0): 0, (1, 0): 0}, unplaced=9, min_part={0: 300, 1: 200})
    pricer = Pricer(problem, exact=True)
    assert pricer.price(first_prices(pricer, Plan.nobody())).bound <= 7

"""No bound that the engine publishes lies above the best plan: prices, ascent, columns and matrix against enumeration."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact, random_problem
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import Rows
from cohort_opt.solver import mathopt
from cohort_opt.solver.areas import area_bound
from cohort_opt.solver.ascent import ascend, first_prices
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.coordination import Coordination
from cohort_opt.solver.count_tree import CountTree
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import exact_matrix, relaxed_matrix
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.pricing import Pricer

CASES, CHUNK = 2_000, 100
LINEAR_EVERY = 5
BRANCHED_EVERY = 25
"""Linear and mixed-integer engines are asked for every fifth case: each takes some milliseconds, trees and whole plans more."""
COORDINATED = 2.0
"""Deterministic seconds of whole plans, which most cases leave unused; a few would go round for half a minute, and
what is bound after any round is compared as well."""


def bounds_of(problem, linear, branch):
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
        found |= branched(problem, columns, plan) if branch else {}
        for name, matrix, relax in (
            ("linear relaxation", relaxed_matrix(problem), True),
            ("flow relaxation", relaxed_matrix(problem), False),
            ("exact matrix", exact_matrix(problem), False),
        ):
            engine = Engine.GLOP if relax else Engine.HIGHS
            answer = mathopt.run(mathopt.model_of(matrix, relax=relax), engine, seconds=10)
            found[name] = mathopt.whole_bound(answer.objective if relax else answer.bound)
    return found


def branched(problem, columns, plan):
    """Return the bounds that branch on counts of classes, two runs to an offering."""
    problem = replace(problem, run_offering=np.arange(problem.num_runs) // 2)
    limits = Limits(SolveParams())
    tree = CountTree(problem, columns)
    tree.grow(limits, nodes=6)
    coordinated = Incumbent(problem)
    if not plan.faults(problem):
        coordinated.offer(plan, "greedy")
    if len(Pricer(problem).capacity) + len(Pricer(problem).absence):
        Coordination(coordinated, columns).run(limits.piece(COORDINATED))
    without_rows = replace(problem, capacity=Rows.none(), absence=Rows.none())
    return {
        "counts": tree.bound,
        "areas": area_bound(without_rows, columns.prices.group, limits),
        "blocks": coordinated.bounds.get("blocks"),
    }


@pytest.mark.campaign
@pytest.mark.parametrize("pins", [False, True])
@pytest.mark.parametrize("first_seed", range(0, CASES, CHUNK))
def test_no_bound_lies_above_the_best_plan(first_seed, pins, brute_force):
    for seed in range(first_seed, first_seed + CHUNK):
        problem = random_problem(seed, pins=pins)
        best = brute_force(problem)
        if best is None:
            continue
        found = bounds_of(problem, linear=seed % LINEAR_EVERY == 0, branch=seed % BRANCHED_EVERY == 0)
        above = {name: bound for name, bound in found.items() if bound is not None and bound > best}
        assert not above, f"seed {seed}: the best plan costs {best}"
        if "exact matrix" in found:
            assert found["exact matrix"] == best, f"seed {seed}: {found}"


def test_classes_of_several_hundred_are_bounded_without_a_table_of_sizes():
    # Two whole groups of 300 and 200 fit the class of 500, which costs 7; waiting would cost 500 * 9.
    problem = compact([300, 200], [(7, 500, 500)], {(0, 0): 0, (1, 0): 0}, unplaced=9, min_part={0: 300, 1: 200})
    pricer = Pricer(problem, exact=True)
    assert pricer.price(first_prices(pricer, Plan.nobody())).bound <= 7

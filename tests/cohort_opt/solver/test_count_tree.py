"""Branching on how many classes a set of runs opens lifts the bound up to the best plan."""

from dataclasses import replace

import numpy as np

from cohort_opt.bench.small import compact
from cohort_opt.model.plan import Plan
from cohort_opt.solver.ascent import first_prices
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.count_tree import CountTree
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.pricing import Pricer

LIMITS = Limits(SolveParams())


def _region(fixed=600):
    """Return three groups of 2, each two of which fill a class of 4 in some run; classes cost `fixed`, waiting 200 each."""
    arcs = {(group, run): 0 for run, pair in enumerate([(0, 1), (1, 2), (0, 2)]) for group in pair}
    return compact([2, 2, 2], [(fixed, 4, 4)] * 3, arcs, unplaced=200)


def _tree(problem, upper=None):
    relaxed = column_bound(problem, LIMITS, [], start=first_prices(Pricer(problem), Plan.nobody()))
    return relaxed, CountTree(problem, relaxed, upper)


def test_half_a_class_of_each_run_becomes_one_class_in_all():
    # Half of each of three classes seats all six: 3 * 600 / 2 = 900. One class seats four: 600 + 2 * 200 = 1,000; two need eight.
    relaxed, tree = _tree(_region())
    assert relaxed.bound == 900
    tree.grow(LIMITS, nodes=10)
    assert tree.bound == 1_000
    assert tree.best.run_use.sum() == 1


def test_classes_are_counted_over_all_dates_of_an_offering():
    # The same class on four dates: a quarter of a class on each is no way out of opening one or none.
    problem = replace(_region(), run_offering=np.array([0, 0, 1]))
    _, tree = _tree(problem)
    tree.grow(LIMITS, nodes=2)
    assert tree.bound == 1_000


def test_a_leaf_that_costs_as_much_as_the_plan_need_not_grow():
    _, tree = _tree(_region(), upper=1_000)
    tree.grow(LIMITS, nodes=10)
    assert tree.bound == 1_000
    assert tree.best is None


def test_a_count_that_nobody_can_fill_ends_a_branch_instead_of_the_search():
    # One class at least is the way up, two cannot be filled: the tree ends at the best plan all the same.
    _, tree = _tree(_region(fixed=100))
    tree.grow(LIMITS, nodes=30)
    assert tree.bound == 100 + 2 * 200


def test_no_nodes_leave_the_bound_of_the_relaxation():
    relaxed, tree = _tree(_region())
    tree.grow(LIMITS, nodes=0)
    assert (tree.bound, tree.nodes, tree.best) == (relaxed.bound, 0, relaxed)

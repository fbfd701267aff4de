"""Pieces of a plan are reopened where it costs most, and every plan in between keeps all rules."""

from cohort_opt.bench.small import random_problem
from cohort_opt.model.plan import Plan
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.large import LargeSearch
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams


def _search(problem):
    """Return the incumbent after a search by blocks and pieces that begins with nobody placed."""
    incumbent = Incumbent(problem)
    incumbent.offer(Plan.nobody(), "nobody")
    LargeSearch(incumbent, Limits(SolveParams(deterministic_limit=12))).run()
    return incumbent


def test_the_search_by_pieces_stays_between_its_bound_and_the_best_plan(brute_force):
    met = 0
    for seed in range(25):
        problem = random_problem(seed, pins=False)
        if problem.group_must_place.any():
            continue
        best = brute_force(problem)
        found = _search(problem)
        assert found.plan.faults(problem) == ()
        assert found.best_bound()[0] <= best <= found.objective, seed
        met += found.objective == best
    # The pieces of problems this small are the whole problem: the best plan is met nearly always.
    assert met >= 15


def test_the_same_search_gives_the_same_plan():
    problem = random_problem(7, pins=False)
    first, second = _search(problem), _search(problem)
    assert (first.objective, first.bounds) == (second.objective, second.bounds)
    assert first.plan.classes_by_run(problem.num_runs) == second.plan.classes_by_run(problem.num_runs)

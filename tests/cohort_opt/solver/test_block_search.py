"""Blocks that shared rooms tie together: bound and plan from whole plans of blocks, the same each time."""

import pytest

from cohort_opt.generate import generate
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.ascent import first_prices
from cohort_opt.solver.block_search import search_blocks
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.parts import split
from cohort_opt.solver.pricing import Pricer


@pytest.fixture(scope="module")
def region():
    """Return the large part of a region of size B."""
    return max(split(find_candidates(generate("B", 3)).problem), key=lambda part: part.problem.num_arcs).problem


def _searched(problem, params):
    incumbent, limits = Incumbent(problem), Limits(params)
    incumbent.offer(greedy_plan(problem), "greedy")
    relaxed = column_bound(problem, limits, [incumbent.plan], start=first_prices(Pricer(problem), incumbent.plan))
    incumbent.raise_bound(relaxed.bound, "columns")
    before = incumbent.objective
    done = search_blocks(incumbent, limits, relaxed)
    assert not incumbent.contradictions()
    return before, incumbent, done


def test_whole_plans_of_blocks_lift_the_bound_and_pieces_better_the_plan(region):
    before, incumbent, _ = _searched(region, SolveParams(deterministic_limit=4))
    assert incumbent.bounds["blocks"] > incumbent.bounds["columns"]
    assert incumbent.objective < before


def test_the_same_search_gives_the_same_plan(region):
    first, second = (_searched(region, SolveParams(deterministic_limit=3))[1] for _ in range(2))
    assert (first.objective, first.bounds) == (second.objective, second.bounds)
    assert first.plan.classes_by_run(region.num_runs) == second.plan.classes_by_run(region.num_runs)


def test_in_fast_mode_the_engine_on_the_whole_runs_beside(region):
    before, incumbent, done = _searched(region, SolveParams(Mode.FAST, time_limit_seconds=4, workers=2))
    assert done
    assert incumbent.objective <= before


def test_small_problems_are_left_to_one_engine():
    problem = max(split(find_candidates(generate("A", 1)).problem), key=lambda part: part.problem.num_arcs).problem
    before, incumbent, done = _searched(problem, SolveParams())
    assert not done
    assert incumbent.objective == before

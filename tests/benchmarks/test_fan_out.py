"""The measurement itself: schedules by hand, regions that share nothing, and a small run that gives the same bytes."""

from concurrent.futures import ThreadPoolExecutor

from cohort_opt import SolveParams, instance_from_dict
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.parts import split
from cohort_opt.solver.solve import solve
from tests.benchmarks.country import country
from tests.benchmarks.fan_out import _expected, schedule
from tests.benchmarks.part_clock import ClockedExecutor


def test_parts_go_to_the_worker_that_is_free_first():
    # 1, 2, 3, 4 on two workers: 1 then 3 = 4 on the first, 2 then 4 = 6 on the second.
    assert schedule([1, 2, 3, 4], 2) == 6
    assert schedule([1, 2, 3, 4], 1) == 10
    assert schedule([], 3) == 0


def test_equal_parts_and_a_largest_one_that_comes_last():
    # 128 parts of 1 s: 127 on 16 workers take 8 s, the last one 1 s; 128 / 9 = 14.2.
    row = next(row for row in _expected([1.0], 0.0) if row["workers"] == 16)
    assert (row["search_seconds"], row["speed_up_of_search"], row["speed_up"]) == (9.0, 14.2, 14.2)


def test_regions_of_a_country_share_nothing():
    whole = find_candidates(instance_from_dict(country(2, "A"))).problem
    apart = [find_candidates(instance_from_dict(country(1, "A", seed))).problem for seed in (1, 2)]
    arcs = sorted(part.problem.num_arcs for problem in apart for part in split(problem) if part.problem.num_arcs)
    assert sorted(part.problem.num_arcs for part in split(whole) if part.problem.num_arcs) == arcs


def test_a_clock_changes_nothing_and_counts_every_part_but_the_largest():
    problem = find_candidates(instance_from_dict(country(2, "A"))).problem
    with ThreadPoolExecutor(2) as threads:
        clocked = ClockedExecutor(threads)
        found = solve(problem, SolveParams(), executor=clocked)
    assert found.objective == solve(problem, SolveParams()).objective
    assert len(clocked.costs()) == len(split(problem)) - 1
    assert all(cost.seconds > 0 and cost.task_bytes > 0 and cost.answer_bytes > 0 for cost in clocked.costs())

"""The cheapest class of every run agrees with trying every class."""

import random
from dataclasses import replace

import numpy as np

from cohort_opt.bench.small import random_problem
from cohort_opt.solver.filling import Filler


def _cheapest(problem, classes_of_run, run, reduced):
    """Return the cheapest class of one run, infinite where none can be filled."""
    arcs = [a for a in range(problem.num_arcs) if problem.arc_run[a] == run]
    costs = [
        sum(c * int(reduced[a]) + (int(problem.arc_group_cents[a]) if c else 0) for a, c in zip(arcs, vector, strict=True))
        for vector, _ in classes_of_run(problem, run, arcs)
    ]
    return min(costs, default=np.inf)


def test_the_cheapest_class_keeps_parts_least_sizes_and_costs_once_per_class(classes_of_run):
    filled_runs = 0
    for seed in range(150):
        problem = random_problem(seed, pins=False)
        problem = replace(problem, apart=np.zeros((0, 2), dtype=np.int64))
        most = np.minimum(problem.group_count[problem.arc_group], problem.run_max[problem.arc_run])
        dice = random.Random(seed)
        reduced = np.array([dice.randint(-900, 400) for _ in range(problem.num_arcs)], dtype=np.int64)
        found = Filler(problem, most).fill(reduced)
        for run in range(problem.num_runs):
            arcs = np.flatnonzero(problem.arc_run == run)
            assert found.cost[run] == _cheapest(problem, classes_of_run, run, reduced)
            if np.isfinite(found.cost[run]):
                filled_runs += 1
                taken = found.take[arcs]
                once = problem.arc_group_cents[arcs][taken > 0].sum()
                assert (taken * reduced[arcs]).sum() + once == found.cost[run]
                assert problem.run_min[run] <= taken.sum() <= problem.run_max[run]
    assert filled_runs > 100

import pytest

from cohort_opt.bench.judge import judge
from cohort_opt.bench.small import random_problem
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

CASES = 300
PARAMS = SolveParams(deterministic_limit=20, time_limit_seconds=60)


@pytest.mark.parametrize("pins", [False, True])
def test_value_and_infeasibility_agree_with_enumeration(pins, brute_force, campaign):
    seen = set()
    for seed in range(CASES * campaign):
        problem = random_problem(seed, pins=pins)
        best = brute_force(problem)
        result = solve(problem, PARAMS)
        seen.add(result.status)
        if best is None:
            assert result.status is SolveStatus.INFEASIBLE, seed
            assert result.classes is None, seed
            continue
        assert result.status is SolveStatus.OPTIMAL, (seed, result)
        assert result.objective == best, seed
        assert result.bound == best, seed
        ruling = judge(problem, result.classes, result.unplaced)
        assert ruling.violations == (), seed
        assert ruling.objective == best, seed
    assert seen == ({SolveStatus.OPTIMAL, SolveStatus.INFEASIBLE} if pins else {SolveStatus.OPTIMAL})

import pytest

from cohort_opt.bench.judge import judge
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve


@pytest.fixture
def solved():
    """Return the solver of a compact problem, with limits far above what the tests need."""
    return lambda problem: solve(problem, SolveParams(deterministic_limit=20, time_limit_seconds=60))


@pytest.fixture
def value(solved):
    """Return the proven optimum of a compact problem, in cents, once its judge has passed the plan."""

    def optimum(problem):
        result = solved(problem)
        assert result.status is SolveStatus.OPTIMAL
        ruling = judge(problem, result.classes, result.unplaced)
        assert ruling.violations == ()
        assert ruling.objective == result.objective
        return result.objective

    return optimum

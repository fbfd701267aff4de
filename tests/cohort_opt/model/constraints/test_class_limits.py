"""Two groups of two, one class of 1 to 4, nobody pays: a trainee without a seat costs 100."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import class_limits
from cohort_opt.problem.compact import ClassLimits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([2, 2], [(0, 1, 4)], {(0, 0): 0, (1, 0): 0})


def limited(lower, upper):
    """Return the base with `lower <= trainees of group 1 in the class <= upper`."""
    row = (("row[x]",), *(np.array(v) for v in ([0], [lower], [upper], [0, 1], [1])))
    return replace(BASE, class_limits=ClassLimits(*row))


@pytest.mark.parametrize(("upper", "cents"), [(2, 0), (1, 100), (0, 200)])
def test_no_more_of_a_row_sit_in_a_class_than_its_upper_end(upper, cents):
    assert solve(limited(0, upper), SolveParams()).objective == cents


@pytest.mark.parametrize(("lower", "cents"), [(2, 0), (3, 400)])
def test_a_class_that_cannot_reach_the_lower_end_stays_closed(lower, cents):
    assert solve(limited(lower, 4), SolveParams()).objective == cents


def test_a_row_asks_nothing_of_a_closed_class():
    assert solve(replace(limited(2, 2), run_pinned=np.array([0])), SolveParams()).status == "optimal"


def test_no_row_no_constraint():
    assert not class_limits.applies(BASE)
    assert class_limits.applies(limited(0, 1))

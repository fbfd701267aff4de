"""Two groups of two, two classes of 1 to 4, nobody pays: a trainee without a seat costs 100."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import side_by_side
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

PAIR = np.array([[0, 1]])


def value(arcs, *, together):
    """Return the cost of the best plan."""
    problem = compact([2, 2], [(0, 1, 4), (0, 1, 4)], arcs)
    return solve(replace(problem, side_by_side=PAIR) if together else problem, SolveParams()).objective


BOTH = {(0, 0): 0, (1, 0): 30, (1, 1): 0}


def test_a_dearer_class_with_the_other_beats_a_cheap_one_without():
    # Apart: 0 in run 0, 1 in run 1, all free. Side by side both sit in run 0: 2 x 30 cents.
    assert value(BOTH, together=False) == 0
    assert value(BOTH, together=True) == 60


@pytest.mark.parametrize(("together", "cents"), [(False, 0), (True, 400)])
def test_where_only_one_of_them_may_go_neither_sits(together, cents):
    assert value({(0, 0): 0, (1, 1): 0}, together=together) == cents


def test_applies_only_to_pairs():
    problem = compact([2, 2], [(0, 1, 4)], {(0, 0): 0})
    assert not side_by_side.applies(problem)
    assert side_by_side.applies(replace(problem, side_by_side=PAIR))

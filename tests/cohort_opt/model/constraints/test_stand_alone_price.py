"""Two groups of two, one class of 1 to 4, nobody pays: a trainee without a seat costs 100."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import stand_alone_price
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([2, 2], [(0, 1, 4)], {(0, 0): 0, (1, 0): 0})


@pytest.mark.parametrize(
    ("steps", "cents"),
    [
        ([(0, 1, 4)], 0),  # a class of 4 suits every one of them
        ([(0, 2, 5)], 100),  # two of group 0 would need 5: one stays out
        ([(0, 1, 5)], 200),  # no class is large enough for any of group 0
        ([(0, 3, 5)], 0),  # three never sit there
    ],
)
def test_so_many_of_a_group_sit_only_in_a_class_that_is_full_enough(steps, cents):
    assert solve(replace(BASE, size_steps=np.array(steps)), SolveParams()).objective == cents


def test_others_are_brought_in_to_fill_the_class():
    # Group 1 costs 120 a head, more than without a seat; with it group 0 may sit too: 2 x 120 instead of 400.
    dear = compact([2, 2], [(0, 1, 4)], {(0, 0): 0, (1, 0): 120})
    assert solve(dear, SolveParams()).objective == 200
    assert solve(replace(dear, size_steps=np.array([(0, 1, 4)])), SolveParams()).objective == 240


def test_applies_only_to_steps():
    assert not stand_alone_price.applies(BASE)
    assert stand_alone_price.applies(replace(BASE, size_steps=np.array([(0, 1, 4)])))

"""Group 1 follows group 0. Runs 0 and 1 are first modules, run 2 the following one; a trainee without a seat costs 100."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import module_order
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([2, 3], [(0, 1, 4), (0, 1, 4), (0, 1, 4)], {(0, 0): 0, (0, 1): 10, (1, 2): 0})
"""Arcs in order of run: 0 = group 0 in run 0, 1 = group 0 in run 1, 2 = group 1 in run 2."""


def ordered(links, problem=BASE):
    """Return the problem with these links (first arc, following arc)."""
    return replace(problem, group_after=np.array([-1, 0]), links=np.array(links, dtype=np.int64).reshape(-1, 2))


@pytest.mark.parametrize(
    ("links", "cents"),
    [
        ([(0, 2)], 100),  # two sit in the first module, so two of three go on
        ([(1, 2)], 120),  # only the dearer run ends early enough: 2 x 10
        ([], 300),  # no gap fits: nobody goes on
    ],
)
def test_nobody_goes_on_without_a_seat_in_the_first_module(links, cents):
    assert solve(ordered(links), SolveParams()).objective == cents


def test_one_seat_in_the_first_module_lets_one_trainee_go_on_once():
    # Two following runs, both linked to the same two seats: still only two of group 1 go on.
    two = compact([2, 4], [(0, 1, 4), (0, 1, 4), (0, 1, 4)], {(0, 0): 0, (1, 1): 0, (1, 2): 0})
    assert solve(ordered([(0, 1), (0, 2)], two), SolveParams()).objective == 200


def test_applies_only_where_a_group_follows():
    assert not module_order.applies(BASE)
    assert module_order.applies(ordered([(0, 2)]))

"""Two trainees are agreed in a dear class; a cheap one is open too."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.objective import changes
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([2], [(0, 1, 2), (0, 1, 2)], {(0, 0): 30, (0, 1): 0})


def agreed(price, constant=0):
    """Return the base with both trainees agreed in run 0."""
    return replace(BASE, arc_committed=np.array([2, 0]), arc_change_cents=np.array([price, 0]), constant_cents=constant)


@pytest.mark.parametrize(("price", "cents"), [(0, 0), (29, 58), (30, 60), (31, 60), (1_000, 60)])
def test_they_move_only_where_it_saves_more_than_it_costs(price, cents):
    assert solve(agreed(price), SolveParams()).objective == cents


def test_what_cannot_be_avoided_is_counted_in_value_and_bound():
    result = solve(agreed(31, constant=7), SolveParams())
    assert (result.objective, result.bound, result.status) == (67, 67, "optimal")


def test_applies_only_to_agreed_seats_with_a_price():
    assert not changes.applies(BASE)
    assert not changes.applies(agreed(0))
    assert changes.applies(agreed(1))

"""Four trainees, classes of 1 to 4, two classes possible, 10 cents each; a class wishes to hold two."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.objective import off_target
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([4], [(10, 1, 4)], {(0, 0): 0}, cap={0: 2})


def wished(price, target=2):
    """Return the base with a wished size."""
    return replace(BASE, run_target=np.array([target]), run_off_target_cents=np.array([price]))


@pytest.mark.parametrize(
    ("price", "cents"),
    [
        (0, 10),
        (4, 18),  # one class of four, two above
        (5, 20),
        (9, 20),  # two classes of two cost 10 more and miss nothing
    ],
)
def test_a_second_class_opens_where_missing_the_wished_size_is_dearer(price, cents):
    assert solve(wished(price), SolveParams()).objective == cents


def test_too_few_is_missed_too():
    # One class of four below a wish of six by two: 10 + 2 x 3.
    assert solve(wished(3, target=6), SolveParams()).objective == 16


def test_applies_only_to_priced_wishes():
    assert not off_target.applies(BASE)
    assert not off_target.applies(wished(0))
    assert off_target.applies(wished(1))

"""Three trainees, one class of 1 to 3, 10 cents without a seat; a quota of one seat may be passed at a price."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.objective import quota_excess
from cohort_opt.problem.stepwise import Quotas
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

BASE = compact([3], [(0, 1, 3)], {(0, 0): 0}, unplaced=10)


def priced(cents):
    rows = ([1], [cents], [0], [0], [0], [-1], [0, 1], [0], [1])
    return replace(BASE, quotas=Quotas(("seat_quota[q]",), *(np.array(row, dtype=np.int64) for row in rows)))


@pytest.mark.parametrize(("cents", "objective"), [(0, 0), (4, 8), (10, 20), (11, 20)])
def test_a_quota_is_passed_while_that_is_cheaper_than_waiting(cents, objective):
    # Two above at the price, or two waiting at 10 each.
    assert solve(priced(cents), SolveParams()).objective == objective


def test_applies_only_to_prices():
    assert not quota_excess.applies(BASE)
    assert not quota_excess.applies(priced(0))
    assert not quota_excess.applies(priced(-1))
    assert quota_excess.applies(priced(1))

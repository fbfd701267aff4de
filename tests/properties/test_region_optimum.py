"""Generated regions of size A: the proposal has exactly the value that the solver-free proof finds."""

import pytest

from cohort_opt import propose
from cohort_opt.generate import generate
from tests.conftest import CAMPAIGN
from tests.examples.exact import prove


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1, 1 + 8 * CAMPAIGN))
def test_a_small_region_costs_exactly_the_proven_minimum(seed):
    region = generate("A", seed)
    proposal = propose(region)
    assert proposal.status == "optimal"
    best = prove(region).cents
    assert (proposal.objective_cents, proposal.bound_cents) == (best, best)
    assert proposal.verified

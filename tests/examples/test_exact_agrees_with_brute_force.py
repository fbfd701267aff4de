"""The proof of the examples is itself checked: on random small instances it finds what trying everything finds."""

import pytest

from cohort_opt.problem.records import InstanceRecords
from tests.conftest import CAMPAIGN
from tests.examples.exact import prove
from tests.properties.brute_force import best_plan
from tests.properties.random_instances import random_fields

CHUNK = 50


@pytest.mark.campaign
@pytest.mark.parametrize("first_seed", range(10_000, 10_000 + 200 * CAMPAIGN, CHUNK))
def test_the_dynamic_program_finds_the_value_of_brute_force(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        given = InstanceRecords(**random_fields(seed, trade=False))
        best = best_plan(given)
        assert prove(given).cents == (None if best is None else best.cents), f"seed {seed}"

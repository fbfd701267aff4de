"""The same academy as part of a national pool: what Rotterdam cannot fill alone, the country can."""

from collections import Counter

import pytest

from cohort_opt.planning import propose
from tests.examples.exact import prove
from tests.examples.folders import read_example


@pytest.fixture(scope="module")
def pool():
    return read_example("national_pool")


@pytest.fixture(scope="module")
def proposal(pool):
    return propose(pool)


def test_the_pool_keeps_every_line_of_rotterdam(pool):
    lines = {demand.id: demand.count for demand in pool.demands}
    for demand in read_example("rotterdam").demands:
        assert lines[demand.id] == demand.count


def test_the_proposal_costs_exactly_the_proven_minimum(pool, proposal):
    proof = prove(pool)
    assert proposal.status == "optimal"
    assert (proposal.objective_cents, proposal.bound_cents) == (proof.cents, proof.cents)


def test_twelve_starters_of_the_country_make_the_diploma_class_that_three_of_rotterdam_cannot(pool, proposal):
    near = {company.id for company in read_example("rotterdam").companies}
    asked = Counter(demand.company in near for demand in pool.demands if demand.course == "diploma-module")
    assert asked == {True: 3, False: 9}
    assert [entry.size for entry in proposal.classes if entry.course == "diploma-module"] == [12]


def test_seven_sawyers_from_elsewhere_close_the_gap_of_fourteen(proposal):
    # 14 + 7 = 21 fill two classes; in Rotterdam alone two of 14 wait.
    assert sum(entry.size for entry in proposal.classes if entry.course == "sawing") == 21
    assert proposal.unplaced == ()

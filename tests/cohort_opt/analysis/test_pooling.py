"""The pooling gain by company, trade and area adds up to the same number."""

import pytest

from cohort_opt.analysis import GROUPINGS, pooling_by, replan
from cohort_opt.cost_sharing import pooling_gain, share_classes
from cohort_opt.problem.read import read_instance
from cohort_opt.solver.params import SolveParams
from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def region():
    instance = read_instance(ROOT / "examples" / "rotterdam" / "instance.json")
    return instance, replan(instance, SolveParams(deterministic_limit=20)).solution


@pytest.mark.parametrize("by", sorted(GROUPINGS))
def test_the_gains_of_all_groups_add_up_to_the_gain_of_the_whole(region, by):
    whole = sum(row.gain_cents for row in pooling_gain(*region, share_classes(*region)))
    assert sum(gain.gain_cents for gain in pooling_by(*region, by)) == whole


def test_by_company_each_gain_is_the_one_of_the_proposal(region):
    names = {company.id: company.name for company in region[0].companies}
    told = {names[row.company]: row.gain_cents for row in pooling_gain(*region, share_classes(*region))}
    assert {gain.name: gain.gain_cents for gain in pooling_by(*region, "company")} == told


def test_the_largest_gain_comes_first(region):
    gains = [gain.gain_cents for gain in pooling_by(*region, "trade")]
    assert gains == sorted(gains, reverse=True)

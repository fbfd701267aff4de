"""Subsidies in the objective: what the plan counts is what the estimate says of it, cent by cent, and a threshold moves plans."""

from pathlib import Path

import pytest

from cohort_opt import propose, read_instance
from cohort_opt.packs import classes_of, credited, evaluate, load_packs, read_facts, sample_packs, subsidy_estimate
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.harmonise import harmonised
from cohort_opt.packs.read import pack_from_dict
from tests.builders import demand, make_instance

FOLDER = Path(__file__).parents[3] / "examples" / "border"


@pytest.fixture(scope="module")
def region():
    instance = read_instance(FOLDER / "instance.json")
    return instance, load_packs([FOLDER / "packs"]), read_facts((FOLDER / "facts.json").read_bytes(), instance)


def grant_pack(*conditions, cents=10_000, budget=None):
    amount = {"low": cents // 2, "expected": cents, "high": 2 * cents}
    scheme = {
        "id": "grant",
        "name": "Grant",
        "conditions": list(conditions),
        "amounts": [{"kind": "participant", "cents": amount}],
    }
    pots = [] if budget is None else [{"id": "purse", "name": "Purse", "budget_cents": budget}]
    return pack_from_dict(
        {
            "id": "town", "name": "Town", "status": "sample", "source": "invented",
            "jurisdiction": {"kind": "labour_region", "name": "Town", "municipalities": ["Rotterdam", "Schiedam"]},
            "schemes": [scheme | ({} if budget is None else {"pot": "purse"})], "pots": pots,
        }
    )  # fmt: skip


@pytest.mark.parametrize("level", ["low", "expected", "high"])
@pytest.mark.parametrize("for_all", ["", "river-2027", "east-2027"])
def test_the_plan_counts_what_the_estimate_says_of_it(region, level, for_all):
    instance, packs, facts = region
    towns = {company.municipality for company in instance.companies}
    packs = harmonised(packs, for_all, towns) if for_all else packs
    proposal = propose(credited(instance, packs, facts, level))
    estimate = subsidy_estimate(instance, packs, facts, classes_of(proposal)).total("cash").at(level)
    assert estimate > 0
    assert proposal.objective_terms.subsidies == -estimate
    assert proposal.objective_cents == proposal.bound_cents


@pytest.mark.parametrize(
    ("size", "budget", "brought"),
    [(8, None, 90_000), (9, None, 90_000), (10, None, 0), (9, 50_000, 50_000)],
)
def test_a_threshold_and_a_pot_are_exact(size, budget, brought):
    # Acme's five and bolt's four make nine at 100 each; a threshold of ten is out of reach; a pot of 500 pays 500.
    packs = [grant_pack({"kind": "min_class_size", "seats": size}, budget=budget)]
    proposal = propose(credited(make_instance(), packs, EligibilityFacts(), "expected"))
    assert proposal.objective_terms.subsidies == -brought


def test_a_threshold_is_worth_two_seats_that_cost_more_than_waiting():
    # Bolt's two cost 18,500 each and save 1,000 each by sitting: alone they wait. With 100 for each of ten from ten on, they sit.
    lines = [demand("acme-drilling", count=8), demand("bolt-drilling", count=2, unplaced_cents=1_000)]
    instance = make_instance(demands=lines, distances=[])
    packs = [grant_pack({"kind": "min_class_size", "seats": 10})]
    sizes = [
        [entry.size for entry in evaluate(instance, packs, EligibilityFacts(), propose, credit=credit).proposal.classes]
        for credit in (None, "expected")
    ]
    assert sizes == [[8], [10]]


def test_prices_do_not_change(region):
    plain, counted = (evaluate(*region, propose, credit=credit) for credit in (None, "expected"))
    assert plain.proposal.cost_shares == counted.proposal.cost_shares
    assert counted.proposal.objective_terms.subsidies == -counted.subsidies.total("cash").expected


def test_contested_versions_and_social_return_bring_no_credit(region):
    instance, _, facts = region
    samples = [pack for pack in sample_packs() if pack.id.startswith("utrecht")]
    assert credited(instance, harmonised(samples, "utrecht-version-1", ["Rotterdam"]), facts, "high").grants == ()


def test_every_grant_carries_the_status_of_its_pack(region):
    assert {grant.status for grant in credited(*region, "low").grants} == {"sample"}

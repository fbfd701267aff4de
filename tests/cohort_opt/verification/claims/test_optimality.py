"""Optimality: a plan that the judge itself finds refutes a false optimum, a false bound and a false infeasibility."""

import pytest

from cohort_opt.solution import SolveStatus
from cohort_opt.verification.claims import optimality
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.cohort_opt.verification.plans import village, village_proposal
from tests.cohort_opt.verification.test_verify_proposal import without_plan


def _unpinned():
    """Return the village without its pin, so that a plan that opens nothing keeps every rule, at 20,800,000 cents."""
    return village().model_copy(update={"pins": ()})


def _for(instance, proposal):
    return proposal.model_copy(update={"instance_fingerprint": instance.fingerprint()})


def test_infeasible_is_refuted_by_the_plan_that_opens_nothing():
    report = verify_proposal(_unpinned(), _for(_unpinned(), without_plan(SolveStatus.INFEASIBLE)))
    assert report.broken == ("optimality",)
    assert report.violations[0].message == (
        "Proposal: status infeasible, but the plan that opens nothing keeps every rule and costs 20800000 cents"
    )


def test_infeasible_may_be_true_where_something_is_pinned():
    assert verify_proposal(village(), without_plan(SolveStatus.INFEASIBLE)).ok


@pytest.mark.parametrize(("cents", "expected"), [(20_800_000, ()), (20_800_001, ("optimality",))])
def test_no_bound_lies_above_the_plan_that_opens_nothing(cents, expected):
    late = without_plan(SolveStatus.NO_SOLUTION_IN_TIME, bound_cents=cents, bound_source="lp")
    assert verify_proposal(_unpinned(), _for(_unpinned(), late)).broken == expected


def _cheap_to_wait(cents):
    """Return the village where a sawing trainee of bolt and acme may wait at this price, without pins."""
    demands = tuple(
        demand.model_copy(update={"unplaced_cents": cents}) if demand.id in {"acme-sawing", "bolt-sawing"} else demand
        for demand in village().demands
    )
    return village().model_copy(update={"demands": demands, "pins": ()})


# The sawing class costs 720,001 + 12,000 of journeys + 6,000 of waiting = 738,001. Without it, three of acme and two of bolt
# wait at x each, and one of cito at 400,000: it is too dear where 5 x + 400,000 < 738,001, that is x < 67,600.2.
@pytest.mark.parametrize(("cents", "expected"), [(67_601, ()), (67_600, ("optimality",))])
def test_a_class_that_costs_more_than_its_members_would_cost_waiting_is_no_optimum(cents, expected):
    instance = _cheap_to_wait(cents)
    pooling = list(village_proposal().pooling)
    pooling[0] = pooling[0].model_copy(update={"waiting_avoided_cents": 3 * cents})
    said = village_proposal().model_copy(
        update={"status": SolveStatus.OPTIMAL, "bound_cents": 4_349_001, "gap": 0.0, "pooling": tuple(pooling)}
    )
    report = verify_proposal(instance, _for(instance, said))
    assert report.broken == expected


def test_a_plan_that_is_only_feasible_may_be_dear():
    instance = _cheap_to_wait(67_600)
    pooling = list(village_proposal().pooling)
    pooling[0] = pooling[0].model_copy(update={"waiting_avoided_cents": 3 * 67_600})
    said = village_proposal().model_copy(update={"pooling": tuple(pooling)})
    assert verify_proposal(instance, _for(instance, said)).ok


def test_parallel_classes_close_ranks_when_one_of_them_is_closed():
    # Bolt and cito wait for 1 cent each: the second class is too dear, and so is the first if acme's five wait for 1 cent too;
    # both are closed and the sawing class stays.
    demands = tuple(
        demand.model_copy(update={"unplaced_cents": 1}) if demand.id.endswith("drilling") else demand
        for demand in village().demands
    )
    instance = village().model_copy(update={"demands": demands})
    report = verify_proposal(
        instance, _for(instance, village_proposal().model_copy(update={"status": SolveStatus.OPTIMAL, "bound_cents": 4_349_001}))
    )
    (found,) = [violation for violation in report.violations if violation.rule == "optimality"]
    # The sawing class 738,001, 400,000 for the one of cito, and 15 trainees of drilling at 1 cent.
    assert found.message.endswith("keeps every rule and costs 1138016 cents")


def _cito_lets_everybody_go():
    """Return the village where cito's fourth trainee of drilling may go too; its line has a class with two free seats."""
    companies = tuple(c.model_copy(update={"max_away_per_day": None}) if c.id == "cito" else c for c in village().companies)
    return village().model_copy(update={"companies": companies})


def test_an_optimum_leaves_nobody_waiting_beside_a_free_seat_of_the_own_line():
    instance = _cito_lets_everybody_go()
    optimal = {"status": SolveStatus.OPTIMAL, "bound_cents": 4_349_001, "gap": 0.0}
    # 1,349,001 / 4,349,001 = 0.3101864
    modest = village_proposal().model_copy(update={"bound_cents": 3_000_000, "gap": 0.310186})
    assert verify_proposal(instance, _for(instance, modest)).ok
    report = verify_proposal(instance, _for(instance, village_proposal().model_copy(update=optimal)))
    # 1,000,000 less, 18,500 for the seat and 6,000 for the journeys more.
    assert [violation.message for violation in report.violations] == [
        "Proposal: status optimal at 4349001 cents, but the plan in which those who wait fill up the classes that hold their own "
        "line keeps every rule and costs 3373501 cents"
    ]


def test_a_bound_above_the_plan_with_that_seat_filled_is_refuted():
    instance = _cito_lets_everybody_go()
    for bound, gap, expected in ((3_373_501, 0.224304, ()), (3_373_502, 0.224304, ("optimality",))):
        # (4,349,001 - 3,373,501) / 4,349,001 = 0.2243044
        said = village_proposal().model_copy(update={"bound_cents": bound, "gap": gap})
        assert verify_proposal(instance, _for(instance, said)).broken == expected


def test_it_needs_no_plan():
    assert not optimality.needs_plan()

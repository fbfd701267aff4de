import pytest

from cohort_opt import propose
from cohort_opt.analysis.plan_shares import share_plan
from cohort_opt.cost_sharing.promises import State
from cohort_opt.solution import Solution
from cohort_opt.verification.hearing import plan_of
from tests.builders import make_instance
from tests.cohort_opt.solver.test_coalition_plans import three


def test_one_room_that_any_two_could_fill_leaves_the_optimistic_core_empty():
    instance = three()
    plan = plan_of(propose(instance))
    shared = share_plan(instance, plan, "optimistic")
    assert shared.shares.shares_cents == (800, 800, 800)
    # Worked out in test_plan_core: 400 too much for a pair, 600 of subsidy missing.
    assert shared.shares.excess_cents == 400
    verdict = shared.verdicts[-1]
    assert (verdict.state, verdict.checked) == (State.IMPOSSIBLE, True)
    assert 599 <= verdict.subsidy_cents <= 600
    assert "optimistic" in verdict.convention


def test_with_a_share_of_the_room_everybody_stays():
    instance = three()
    shared = share_plan(instance, plan_of(propose(instance)))
    # Alone and in pairs everybody goes elsewhere: 1,200 each. Together they pay 2,400, 800 each: everybody gains 400.
    assert shared.shares.shares_cents == (800, 800, 800)
    assert shared.shares.excess_cents == -400
    assert {verdict.state for verdict in shared.verdicts} == {State.KEPT}
    assert all("rounded down" in verdict.convention for verdict in shared.verdicts)


def test_where_nobody_asks_there_is_nothing_to_share():
    empty = make_instance(demands=[])
    with pytest.raises(ValueError, match="nobody asked"):
        share_plan(empty, Solution((), ()))

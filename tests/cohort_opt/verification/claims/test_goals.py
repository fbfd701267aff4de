"""Goals: what is said of each ordered goal is counted again from the plan."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.proposal import GoalEntry
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.builders import demand, make_instance

# Nine of acme and five of bolt, one class of at most twelve: two wait. Class and seats 950,000 + 12 x 18,500 = 1,172,000.
INSTANCE = make_instance(
    demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=5)], goals=("placed", "cost", "spread")
)
PROPOSAL = propose(INSTANCE)


def judged(*goals, **changes):
    """Return the rules and claims that break when the proposal says this of its goals."""
    entries = tuple(GoalEntry(name=name, value=value, bound=bound) for name, value, bound in goals)
    return verify_proposal(INSTANCE, PROPOSAL.model_copy(update={"goals": entries, **changes})).broken


TRUE = (("placed", 2, 2), ("cost", 1_172_000, 1_172_000), ("spread", 0, 0))


def test_the_values_are_those_of_the_plan():
    assert tuple((goal.name, goal.value, goal.bound) for goal in PROPOSAL.goals) == TRUE
    assert judged(*TRUE) == ()


@pytest.mark.parametrize(
    ("goals", "broken"),
    [
        ((TRUE[1], TRUE[0], TRUE[2]), ("goals", "optimality")),  # another order: cost first, then to open nothing is best
        (TRUE[:2], ("goals",)),  # one is missing
        ((("placed", 1, 1), *TRUE[1:]), ("goals",)),  # two wait
        ((("placed", 2, 3), *TRUE[1:]), ("goals",)),  # a bound above the value
        ((("placed", 2, 1), *TRUE[1:]), ("goals",)),  # an optimum that does not meet its bound
        ((("placed", 2, None), *TRUE[1:]), ("goals",)),
        ((TRUE[0], ("cost", 1_171_999, 1_171_999), TRUE[2]), ("goals",)),
    ],
)
def test_a_false_value_order_or_bound_is_caught(goals, broken):
    assert judged(*goals) == broken


def test_a_goal_that_the_empty_plan_beats_is_refuted():
    # Cost first: the plan that opens nothing costs 0. Whoever claims that 1,172,000 is the least there is lies.
    instance = make_instance(demands=INSTANCE.demands, goals=("cost",))
    lie = PROPOSAL.model_copy(
        update={
            "goals": (GoalEntry(name="cost", value=1_172_000, bound=1_172_000),),
            "instance_fingerprint": instance.fingerprint(),
        }
    )
    report = verify_proposal(instance, lie)
    assert report.broken == ("optimality",)
    assert "bound 1172000 of goal cost" in report.violations[0].message


def test_a_cheaper_plan_that_gives_up_an_earlier_goal_refutes_nothing():
    # With a price of 1,000 for waiting the empty plan is cheaper in cents; but it places nobody, and placing comes first.
    cheap = INSTANCE.model_dump() | {"goals": ("placed",)}
    cheap["prices"]["unplaced_cents"] = 1_000
    instance = type(INSTANCE).model_validate(cheap)
    proposal = propose(instance)
    assert [goal.value for goal in proposal.goals] == [2]
    assert proposal.objective_cents > 14 * 1_000
    assert verify_proposal(instance, proposal).ok

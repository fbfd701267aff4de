"""Ordered goals: each is improved while those before it are kept, and the sum of cents comes last."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.goals import solve_goals
from cohort_opt.solver.params import SolveParams
from tests.builders import MONDAY, day, demand, make_instance, offering, prices, two_companies_one_class


def near_or_far(goals, **changes):
    """Return eight trainees of acme who may go to a cheap class next week, or to a dear one this week; waiting is cheap.

    In cents: nobody is placed, since a seat saves 1,000 and a class costs more than 8 x 1,000.
    """
    return make_instance(
        demands=[demand("acme-drilling", count=8)],
        offerings=[
            offering(fixed_cents=900_000),
            offering("later", first_start=day(1), last_start=day(1), fixed_cents=500_000),
        ],
        prices=prices(unplaced_cents=1_000, waiting_cents_per_week=100_000, **changes),
        goals=goals,
    )


# Journeys: 8 x 10 km x 2 x 5 days x 20 = 16,000. Seats: 8 x 18,500 = 148,000.
# This week 900,000 + 148,000 + 16,000 = 1,064,000; next week 500,000 + 148,000 + 16,000 + 8 x 100,000 of waiting = 1,464,000.
@pytest.mark.parametrize(
    ("goals", "reached", "cents", "start"),
    [
        ((), (), 8_000, None),
        (("cost",), (0,), 8_000, None),
        (("cost", "placed"), (0, 8), 8_000, None),
        (("placed",), (0,), 1_064_000, MONDAY),
        (("placed", "cost"), (0, 648_000), 1_464_000, day(1)),
        (("placed", "travel"), (0, 16_000), 1_064_000, MONDAY),
        (("travel", "placed"), (0, 8), 8_000, None),
    ],
)
def test_an_earlier_goal_is_never_given_up_for_a_later_one(goals, reached, cents, start):
    proposal = propose(near_or_far(goals))
    assert proposal.status is SolveStatus.OPTIMAL
    assert tuple(goal.name for goal in proposal.goals) == goals
    assert tuple(goal.value for goal in proposal.goals) == reached
    assert tuple(goal.bound for goal in proposal.goals) == reached
    assert (proposal.objective_cents, proposal.bound_cents) == (cents, cents)
    assert [entry.start for entry in proposal.classes] == ([start] if start else [])


def test_seats_of_a_course_cost_nearly_the_same_where_that_comes_before_cost():
    # 9 + 8 trainees, 12 to a class: in cents both classes open and all sit. Seats cost 950,000 / 9 = 105,556 and 118,750 apart
    # from 18,500: 13,194 between them. With the spread first two classes of eight open, and one of acme waits.
    lines = [demand("acme-drilling", count=9), demand("bolt-drilling", count=8, latest_start=day(1))]
    offers = [offering(last_start=day(1))]
    both = make_instance(demands=lines, offerings=offers, goals=("placed", "spread"))
    assert [goal.value for goal in propose(both).goals] == [0, 13_194]
    first = make_instance(demands=lines, offerings=offers, goals=("spread", "placed"))
    assert [goal.value for goal in propose(first).goals] == [0, 1]


def test_a_clash_of_pins_is_told_as_without_goals():
    pinned = two_companies_one_class().model_copy(update={"goals": ("placed",)})
    proposal = propose(type(pinned).model_validate(pinned.model_copy(update={"demands": pinned.demands[:1]}).model_dump()))
    assert proposal.status is SolveStatus.OPTIMAL
    assert [goal.value for goal in proposal.goals] == [5]  # five are too few for a class of eight


def test_without_goals_the_answer_is_the_usual_one():
    from cohort_opt.problem.candidates import find_candidates
    from cohort_opt.solver.solve import solve

    problem = find_candidates(two_companies_one_class()).problem
    assert solve_goals(problem, (), SolveParams()).objective == solve(problem, SolveParams()).objective


def test_each_goal_is_named_once():
    with pytest.raises(ValueError, match="must name each goal once"):
        make_instance(goals=("cost", "placed", "cost"))

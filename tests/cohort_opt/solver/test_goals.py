"""Ordered goals: each is improved while those before it are kept, and the sum of cents comes last."""

import pytest

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solution import SolveStatus
from cohort_opt.solver import goals as goals_module
from cohort_opt.solver.goals import _joined, _Reached, solve_goals
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.parts import split
from cohort_opt.solver.result import GoalResult
from cohort_opt.solver.solve import solve
from tests.builders import (
    MONDAY,
    course,
    day,
    demand,
    instructor,
    make_instance,
    offering,
    prices,
    room,
    two_companies_one_class,
)


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
    problem = find_candidates(two_companies_one_class()).problem
    assert solve_goals(problem, (), SolveParams()).objective == solve(problem, SolveParams()).objective


def test_each_goal_is_named_once():
    with pytest.raises(ValueError, match="must name each goal once"):
        make_instance(goals=("cost", "placed", "cost"))


def two_trades(goals):
    """Return eight drillers and eight sawyers who share nothing: a dear class this week, or a cheap one next week."""
    both = (("drilling", "acme"), ("sawing", "bolt"))
    return make_instance(
        courses=[course(name) for name, _ in both],
        rooms=[room(f"room-{name}") for name, _ in both],
        instructors=[instructor(f"crew-{name}") for name, _ in both],
        demands=[demand(f"{who}-{name}", course_id=name, count=8) for name, who in both],
        offerings=[
            offering(f"{name}-{when}", course=name, room=f"room-{name}", instructor=f"crew-{name}", first_start=start,
                     last_start=start, fixed_cents=fixed)
            for name, _ in both
            for when, start, fixed in (("now", MONDAY, 900_000), ("later", day(1), 500_000))
        ],
        goals=goals,
    )  # fmt: skip


def test_independent_parts_are_taken_through_the_goals_one_by_one(monkeypatch):
    built = []
    monkeypatch.setattr(goals_module, "build", lambda problem, **how: built.append(problem.num_groups) or build(problem, **how))
    proposal = propose(two_trades(("placed", "cost", "travel")))
    # Each trade: next week 500,000 + 8 x 18,500 = 648,000 and the journeys of its company, 8 x 10 or 20 km x 2 x 5 days x 20.
    assert [(goal.value, goal.bound) for goal in proposal.goals] == [(0, 0), (1_296_000, 1_296_000), (48_000, 48_000)]
    assert (proposal.status, proposal.bound_cents) == (SolveStatus.OPTIMAL, proposal.objective_cents)
    assert built == [1] * 8  # three goals and the sum of cents, for each part alone


def test_bounds_of_parts_add_up_only_where_the_goals_before_are_proven():
    problem = find_candidates(two_trades(("placed", "cost"))).problem
    parts = list(split(problem))
    nobody = Plan.nobody()
    proven = _Reached(nobody, (GoalResult("placed", 8, 8), GoalResult("cost", 5, 4)), 100)
    open_one = _Reached(nobody, (GoalResult("placed", 8, 7), GoalResult("cost", 5, 4)), 100)
    limits = Limits(SolveParams())
    both = _joined(problem, parts, [proven, proven], limits)
    assert [(goal.value, goal.bound) for goal in both.goals] == [(16, 16), (10, 8)]
    one = _joined(problem, parts, [proven, open_one], limits)
    # The cost could be traded between the parts: what is left is that no plan costs less than nothing.
    assert [(goal.value, goal.bound) for goal in one.goals] == [(16, 15), (10, 0)]
    assert one.bound is not None
    assert one.bound <= solve(problem, SolveParams()).objective

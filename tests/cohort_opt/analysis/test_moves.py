"""Moves by hand become pins: who moves sits there, everybody else stays where asked, and what cannot be is refused first."""

import pytest

from cohort_opt.analysis.moves import Move, choices, late_scenario, move_scenario
from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.scenario import apply
from cohort_opt.solver.params import SolveParams
from cohort_opt.verification.hearing import plan_of
from tests.builders import RUN, company, course, day, demand, make_instance, offering

PARAMS = SolveParams(deterministic_limit=5)
LATER = "drilling-academy/2027-03-08/block5"


def two_weeks(**changes):
    """Nine trainees, one class of at least 4, and a second Monday on which it could start."""
    kept = {"courses": [course(min_seats=4)], "offerings": [offering(last_start=day(weeks=1))]}
    return make_instance(**{**kept, **changes})


def plan(instance):
    return plan_of(propose(instance, PARAMS))


def pins(scenario):
    return [(change.demand, change.run, change.count) for change in scenario.changes if change.kind == "add_pin"]


def sizes(instance, scenario):
    proposal = propose(apply(instance, scenario), PARAMS)
    return {entry.run: {member.demand: member.count for member in entry.members} for entry in proposal.classes}


def test_a_line_that_moves_is_pinned_where_it_goes_and_the_others_where_they_are():
    instance = two_weeks()
    moves = [Move("acme-drilling", RUN, LATER, 5)]
    scenario = move_scenario(instance, plan(instance), moves, "Acme later")
    assert pins(scenario) == [("acme-drilling", LATER, 5), ("bolt-drilling", RUN, 4)]
    assert sizes(instance, scenario) == {RUN: {"bolt-drilling": 4}, LATER: {"acme-drilling": 5}}


def test_without_keeping_the_others_only_who_moves_is_pinned():
    instance = two_weeks()
    scenario = move_scenario(instance, plan(instance), [Move("acme-drilling", RUN, LATER, 5)], "Acme later", keep_others=False)
    assert pins(scenario) == [("acme-drilling", LATER, 5)]
    # One class of nine costs one fixed price less than two: bolt follows.
    assert sizes(instance, scenario) == {LATER: {"acme-drilling": 5, "bolt-drilling": 4}}


def test_a_whole_class_moves_with_all_its_members():
    instance = two_weeks()
    moves = [Move("acme-drilling", RUN, LATER, 5), Move("bolt-drilling", RUN, LATER, 4)]
    assert sizes(instance, move_scenario(instance, plan(instance), moves, "A week later")) == {
        LATER: {"acme-drilling": 5, "bolt-drilling": 4}
    }


def test_a_second_move_goes_on_from_where_the_plan_was_pinned():
    """The first move was adopted, so that its pins stand in the instance; the second one lifts the pin that it leaves."""
    instance = two_weeks()
    pinned = apply(instance, move_scenario(instance, plan(instance), [Move("acme-drilling", RUN, LATER, 5)], "Later"))
    back = move_scenario(pinned, plan(pinned), [Move("acme-drilling", LATER, RUN, 5)], "Back")
    assert [change.run for change in back.changes if change.kind == "remove_pin"] == [LATER]
    assert sizes(pinned, back) == {RUN: {"acme-drilling": 5, "bolt-drilling": 4}}


def test_who_is_set_free_loses_the_pins_of_before():
    """An adopted move has pinned everybody; the next one lets the others go, so that the class follows as a whole."""
    instance = two_weeks(courses=[course(min_seats=8)])
    both = [Move("acme-drilling", RUN, LATER, 5), Move("bolt-drilling", RUN, LATER, 4)]
    pinned = apply(instance, move_scenario(instance, plan(instance), both, "Later"))
    back = move_scenario(pinned, plan(pinned), [Move("acme-drilling", LATER, RUN, 5)], "Back", keep_others=False)
    assert sizes(pinned, back) == {RUN: {"acme-drilling": 5, "bolt-drilling": 4}}


def test_more_than_are_there_cannot_move():
    instance = two_weeks()
    with pytest.raises(InstanceError) as refused:
        move_scenario(instance, plan(instance), [Move("acme-drilling", RUN, LATER, 6)], "Six of five")
    assert refused.value.problems[0].pointer == "/moves/0"
    with pytest.raises(InstanceError, match="the waiting list"):
        move_scenario(instance, plan(instance), [Move("acme-drilling", "", LATER, 1)], "Nobody waits")


def test_a_place_that_a_rule_forbids_is_refused_before_anything_is_solved():
    near = demand("bolt-drilling", count=4, latest_start=day())
    instance = two_weeks(demands=[demand("acme-drilling", count=5), near])
    with pytest.raises(InstanceError, match="start_window"):
        move_scenario(instance, plan(instance), [Move("bolt-drilling", RUN, LATER, 4)], "Too late for bolt")


def test_the_choices_of_a_line_are_the_runs_that_it_may_attend():
    near = demand("bolt-drilling", count=4, latest_start=day())
    found = choices(two_weeks(demands=[demand("acme-drilling", count=5), near]))
    assert [run.id for run in found.runs] == [RUN, LATER]
    assert found.runs_of == {"acme-drilling": (RUN, LATER), "bolt-drilling": (RUN,)}


def test_a_late_line_joins_its_class_and_moves_nobody():
    instance = make_instance(companies=[company("acme"), company("bolt"), company("cito")], distances=[])
    late = demand("cito.drilling-late-1", company_id="cito", count=2)
    scenario = late_scenario(instance, plan(instance), late, RUN, "Cito: 2")
    assert [change.kind for change in scenario.changes] == ["add_demand", "add_pin", "add_pin", "add_pin"]
    assert sizes(instance, scenario) == {RUN: {"acme-drilling": 5, "bolt-drilling": 4, "cito.drilling-late-1": 2}}

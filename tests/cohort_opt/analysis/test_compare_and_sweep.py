"""Plans side by side, and one figure through a range."""

import pytest

from cohort_opt.analysis import compare, sweep
from cohort_opt.explanation import in_language
from cohort_opt.planning import propose
from cohort_opt.problem.scenario import apply, scenario_from_dict
from cohort_opt.solver.params import SolveParams
from tests.builders import gap_number, two_companies_one_class

PARAMS = SolveParams(deterministic_limit=20)


def changed(instance, *changes):
    return apply(instance, scenario_from_dict({"format": "cohort-opt-scenario/1", "name": "what if", "changes": list(changes)}))


def test_a_plan_compared_with_itself_moves_nobody():
    proposal = propose(two_companies_one_class())
    found = compare((proposal, proposal))
    assert found.moved == (0, 0)
    assert found.words[1] == ("nothing changes",)


def test_a_smaller_minimum_opens_a_second_class_and_says_so():
    # 14 trainees, two runs: 12 and 2 waiting become 7 and 7; five change class and the two get a seat.
    before = gap_number()
    after = changed(before, {"kind": "set_class_size", "course": "drilling", "min_seats": 7})
    found = compare((propose(before), propose(after)))
    figures = dict(found.rows)
    assert figures["trainees without a seat"] == ("2", "0")
    assert figures["classes"] == ("1", "2")
    assert found.moved[1] == 7
    assert any("a class of 7 opens on" in sentence for sentence in found.words[1])
    assert any("12 trainees become 7" in sentence for sentence in found.words[1])


@pytest.mark.parametrize("number", [1, 21])
def test_between_two_and_twenty_plans_can_be_compared(number):
    with pytest.raises(ValueError, match="between 2 and 20"):
        compare([propose(two_companies_one_class())] * number)


def test_a_sweep_over_the_minimum_never_gets_cheaper_as_the_minimum_rises():
    points = sweep(gap_number(), "min-seats", range(6, 13), PARAMS)
    values = [point.answer.objective_cents for point in points]
    assert values == sorted(values)
    assert [point.unplaced for point in points] == [0, 0, 2, 2, 2, 2, 2]
    assert all(point.answer.is_proven for point in points)


def test_a_sweep_over_the_journey_places_more_as_the_limit_rises():
    # Acme is 10 km away, bolt 20: below 20 km the five of acme alone fill no class.
    points = sweep(two_companies_one_class(), "travel-km", (5, 10, 19, 20), PARAMS)
    assert [point.placed for point in points] == [0, 0, 0, 9]


def test_a_minimum_above_the_maximum_of_a_course_opens_full_classes_only():
    # 14 trainees, classes of 12: one full class, two wait.
    point = sweep(gap_number(), "min-seats", (20,), PARAMS)[0]
    assert (point.classes, point.placed, point.unplaced) == (1, 12, 2)


def test_a_plan_that_still_keeps_a_tighter_minimum_is_not_solved_again():
    # One class of 12 for 8 to 12; at 7 two classes of 7 are cheaper than two who wait.
    seven, *others = sweep(gap_number(), "min-seats", (7, 8, 9, 12), PARAMS)
    assert (seven.classes, seven.is_inherited) == (2, False)
    assert [point.classes for point in others] == [1, 1, 1]
    assert [point.is_inherited for point in others] == [False, True, True]
    assert all(point.answer.is_proven for point in others)


def test_a_value_that_the_instance_does_not_take_says_why_and_the_others_are_planned():
    # With 40 % drop-out no class of at most 12 keeps 8 in 80 of 100 cases: 15 would have to start.
    none, many = sweep(gap_number(), "drop-out-percent", (0, 40), PARAMS)
    assert (none.placed, none.refused) == (12, "")
    assert "start-size-exceeds-max" in many.refused
    assert many.answer.solution is None


def test_a_dearer_class_lowers_what_is_worth_placing():
    cheap, dear = sweep(two_companies_one_class(), "class-price-percent", (100, 10_000), PARAMS)
    assert (cheap.unplaced, dear.placed) == (0, 0)


def test_changes_are_typed_and_told_in_dutch():
    before = gap_number()
    after = changed(before, {"kind": "set_class_size", "course": "drilling", "min_seats": 7})
    reasons = compare((propose(before), propose(after))).reasons[1]
    assert {"class_opens", "people_moved"} <= {reason.rule for reason in reasons}
    moved = next(reason for reason in reasons if reason.rule == "people_moved")
    # Five change class, two get a seat.
    assert in_language(moved, "nl").sentence == "7 leerlingen krijgen, verliezen of wisselen een plaats"

"""Plans side by side, and one figure through a range."""

import pytest

from cohort_opt.analysis import compare, sweep
from cohort_opt.errors import InstanceError
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


def test_a_minimum_above_the_maximum_is_refused_with_its_rule():
    with pytest.raises(InstanceError, match="min-exceeds-max"):
        sweep(gap_number(), "min-seats", (13,), PARAMS)

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import pins
from cohort_opt.solution import SolveStatus


def dear(pinned=0, run_pinned=0):
    return compact([4], [(900, 2, 4)], {(0, 0): 1}, pinned={(0, 0): pinned}, run_pinned={0: run_pinned})


def test_a_pinned_part_sits_even_where_waiting_is_cheaper(value):
    # Pin 2: the class opens at 900; the other two then sit as well, at 1 each: 904. Without the pin all wait: 400.
    assert value(dear(pinned=2)) == 904
    assert value(dear()) == 400


def test_a_pinned_run_opens(value):
    assert value(dear(run_pinned=1)) == 904


def test_pins_that_cannot_hold_are_infeasible_and_named(solved):
    rows = [("room_capacity[bay,2027-03-01]", 1, {0: 1, 1: 1})]
    arcs = {(0, 0): 1, (1, 1): 1}
    result = solved(compact([2, 2], [(9, 2, 2), (9, 2, 2)], arcs, pinned={(0, 0): 1, (1, 1): 1}, capacity=rows))
    assert result.status is SolveStatus.INFEASIBLE
    assert sum("pins[" in member for member in result.conflict.members) == 2
    assert any("bay" in member for member in result.conflict.members)
    assert result.conflict.checked


def test_it_applies_only_where_something_is_pinned():
    assert pins.applies(dear(pinned=1))
    assert pins.applies(dear(run_pinned=1))
    assert not pins.applies(dear())

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import must_place
from cohort_opt.solution import SolveStatus


def dear(must=()):
    return compact([2], [(900, 2, 2)], {(0, 0): 1}, must_place=must)


def test_who_must_be_placed_is_placed_even_where_waiting_is_cheaper(value):
    assert value(dear(must=[0])) == 902
    assert value(dear()) == 200


def test_it_is_infeasible_where_there_is_no_seat(solved):
    assert solved(compact([3], [(10, 2, 2)], {(0, 0): 1}, must_place=[0])).status is SolveStatus.INFEASIBLE
    assert solved(compact([2], [(10, 2, 2)], {(0, 0): 1}, must_place=[0])).status is SolveStatus.OPTIMAL


def test_it_applies_only_where_waiting_is_forbidden():
    assert must_place.applies(dear(must=[0]))
    assert not must_place.applies(dear())

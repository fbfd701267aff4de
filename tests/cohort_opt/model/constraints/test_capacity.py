from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import capacity


def two_runs_one_day(limit=None):
    rows = () if limit is None else (("room_capacity[bay,2027-03-01]", limit, {0: 1, 1: 1}),)
    return compact([2, 2], [(10, 2, 2), (10, 2, 2)], {(0, 0): 1, (1, 1): 1}, capacity=rows)


def test_two_rooms_hold_two_classes(value):
    assert value(two_runs_one_day(limit=2)) == 24


def test_one_room_holds_one_class_and_without_the_row_both_open(value):
    # One class 12, the other two wait: 12 + 200.
    assert value(two_runs_one_day(limit=1)) == 212
    assert value(two_runs_one_day()) == 24


def test_a_class_that_takes_two_counts_as_two(value):
    problem = compact([2], [(10, 2, 2)], {(0, 0): 1}, capacity=[("instructor_hours[crew]", 1, {0: 2})])
    assert value(problem) == 200


def test_no_rows_cost_nothing():
    assert capacity.applies(two_runs_one_day(limit=1))
    assert not capacity.applies(two_runs_one_day())

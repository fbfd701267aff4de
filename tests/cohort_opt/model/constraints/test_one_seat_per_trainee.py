from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import one_seat_per_trainee


def test_every_trainee_is_placed_or_counted_as_without_a_seat(value):
    # One class of at most 4 at 10 + 1 each; 5 ask; the fifth waits at 100: 10 + 4 + 100.
    assert value(compact([5], [(10, 1, 4)], {(0, 0): 1})) == 114


def test_nobody_sits_twice_however_cheap_a_second_seat_is(value):
    # Two runs that pay for each trainee would both be filled if one trainee could sit in both: 3 x -5 once, not twice.
    assert value(compact([3], [(0, 3, 3), (0, 3, 3)], {(0, 0): -5, (0, 1): -5})) == -15


def test_it_always_applies():
    assert one_seat_per_trainee.applies(compact([1], [], {}))

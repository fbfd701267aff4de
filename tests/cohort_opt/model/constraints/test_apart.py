from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import apart


def two_groups(pairs=(), cap=1):
    return compact([2, 2], [(10, 2, 4)], {(0, 0): 1, (1, 0): 1}, apart=pairs, cap={0: cap})


def test_a_pair_kept_apart_does_not_share_the_only_class(value):
    # One pair sits, the other waits: 10 + 2 + 200; without the wish 10 + 4.
    assert value(two_groups(pairs=[(0, 1)])) == 212
    assert value(two_groups()) == 14


def test_a_pair_kept_apart_sits_in_two_parallel_classes(value):
    assert value(two_groups(pairs=[(0, 1)], cap=2)) == 24


def test_it_applies_only_where_a_pair_is_named():
    assert apart.applies(two_groups(pairs=[(0, 1)]))
    assert not apart.applies(two_groups())

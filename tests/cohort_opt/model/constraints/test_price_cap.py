from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import price_cap


def choosy(size=0, others=3):
    return compact([2, others], [(10, 2, 8)], {(0, 0): 1, (1, 0): 1}, min_size={(0, 0): size})


def test_a_class_that_is_just_full_enough_holds_the_choosy_group(value):
    # 2 + 3 = 5 in the class: 10 + 5.
    assert value(choosy(size=5)) == 15


def test_a_class_one_short_does_not(value):
    # The choosy two wait: 10 + 3 + 200; without the wish they sit.
    assert value(choosy(size=6)) == 213
    assert value(choosy()) == 15


def test_it_asks_nothing_of_a_class_without_the_group(value):
    assert value(choosy(size=8)) == 213


def test_it_applies_only_above_the_minimum_of_the_class():
    assert price_cap.applies(choosy(size=3))
    assert not price_cap.applies(choosy(size=2))

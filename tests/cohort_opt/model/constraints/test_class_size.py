from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import class_size


def test_a_class_at_its_minimum_opens(value):
    # Minimum 3, three ask: 10 + 3 x 1 = 13 instead of 300.
    assert value(compact([3], [(10, 3, 5)], {(0, 0): 1})) == 13


def test_a_class_below_its_minimum_stays_closed(value):
    assert value(compact([2], [(10, 3, 5)], {(0, 0): 1})) == 200
    assert value(compact([2], [(10, 2, 5)], {(0, 0): 1})) == 12


def test_a_class_holds_its_maximum_and_nobody_more(value):
    # Five seats for six: 10 + 5 + 100; with six seats 10 + 6.
    assert value(compact([6], [(10, 3, 5)], {(0, 0): 1})) == 115
    assert value(compact([6], [(10, 3, 6)], {(0, 0): 1})) == 16


def test_a_closed_class_holds_nobody(value):
    # Opening costs more than leaving both waiting.
    assert value(compact([2], [(500, 1, 5)], {(0, 0): 0})) == 200


def test_it_always_applies():
    assert class_size.applies(compact([1], [(1, 1, 1)], {(0, 0): 1}))

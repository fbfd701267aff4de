from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import class_order


def two_parallel(**changes):
    return compact([4, 4], [(10, 2, 4)], {(0, 0): 1, (1, 0): 1}, cap={0: 2}, **changes)


def test_ordered_copies_forbid_no_plan(value):
    # Both groups go together, one class each: 2 x 10 + 8 x 1 = 28.
    assert value(two_parallel(min_part={0: 4, 1: 4})) == 28


def test_it_applies_only_where_a_rule_looks_into_parallel_classes():
    assert class_order.applies(two_parallel(min_part={0: 4}))
    assert not class_order.applies(two_parallel())
    assert not class_order.applies(compact([4], [(10, 2, 4)], {(0, 0): 1}, min_part={0: 4}))


def test_a_second_copy_never_opens_before_the_first(solved):
    result = solved(compact([4], [(10, 2, 4)], {(0, 0): 1}, cap={0: 2}, min_part={0: 4}))
    assert result.classes == ((((0, 4),),),)

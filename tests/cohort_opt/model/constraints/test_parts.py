from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import parts


def three_seats(part=1):
    return compact([4], [(10, 1, 3)], {(0, 0): 1}, min_part={0: part})


def test_a_part_of_just_the_smallest_size_is_seated(value):
    # Three of four: 10 + 3 + 100.
    assert value(three_seats(part=3)) == 113


def test_a_group_that_goes_together_stays_out_of_a_class_too_small_for_it(value):
    assert value(three_seats(part=4)) == 400
    assert value(three_seats()) == 113


def test_a_group_is_not_split_below_its_smallest_part_over_two_classes(value):
    # Two classes of at most 2; parts of 2: 2 + 2 fits; parts of 3 fit nowhere.
    runs = [(10, 1, 2), (10, 1, 2)]
    assert value(compact([4], runs, {(0, 0): 1, (0, 1): 1}, min_part={0: 2})) == 24
    assert value(compact([4], runs, {(0, 0): 1, (0, 1): 1}, min_part={0: 3})) == 400


def test_three_groups_of_seven_do_not_fill_two_classes_of_twelve(value):
    # 21 lies between 16 and 24, yet no class of at most 12 holds two sevens: one class of 8 to 12 needs a second group.
    problem = compact([7, 7, 7], [(0, 7, 12)], {(0, 0): 0, (1, 0): 0, (2, 0): 0}, cap={0: 2}, min_part={0: 7, 1: 7, 2: 7})
    # Two classes with one group each; the third waits: 7 x 100.
    assert value(problem) == 700


def test_it_applies_only_where_parts_are_asked_for():
    assert parts.applies(three_seats(part=2))
    assert not parts.applies(three_seats())

import itertools
import random

import pytest

from cohort_opt.model.routing import can_route


def test_each_unit_is_used_once():
    assert can_route({1: 2}, {5: 1, 6: 1}, [(1, 5), (1, 6)])
    assert not can_route({1: 2}, {5: 2, 6: 1}, [(1, 5), (1, 6)])


def test_a_first_choice_gives_way():
    # 5 takes from 1 first; 6 knows only 1, so 5 must move to 2.
    assert can_route({1: 1, 2: 1}, {5: 1, 6: 1}, [(1, 5), (2, 5), (1, 6)])


@pytest.mark.campaign
def test_it_agrees_with_halls_condition(campaign):
    answers = set()
    for seed in range(500 * campaign):
        dice = random.Random(seed)
        given = {s: dice.randint(0, 3) for s in range(dice.randint(1, 4))}
        wanted = {t: dice.randint(0, 3) for t in range(dice.randint(1, 4))}
        edges = [(s, t) for s in given for t in wanted if dice.random() < 0.6]
        hall = all(
            sum(wanted[t] for t in some) <= sum(given[s] for s in {s for s, t in edges if t in some})
            for size in range(1, len(wanted) + 1)
            for some in itertools.combinations(wanted, size)
        )
        assert can_route(given, wanted, edges) == hall, seed
        answers.add(hall)
    assert answers == {True, False}

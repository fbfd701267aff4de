import random

import pytest

from cohort_opt.cost_sharing.flexibility import discounts


def test_half_of_what_flexibility_made_possible_is_given_back():
    # alder's wide window is worth 600, birch's 200: half of 800 is 300 and 100. Gains of 3,000 and 1,000 pay 300, 100.
    found = {row.company: row for row in discounts({"alder": 600, "birch": 200}, {"alder": 3_000, "cedar": 1_000})}
    assert {name: row.discount_cents for name, row in found.items()} == {"alder": 300, "birch": 100, "cedar": 0}
    assert {name: row.paid_in_cents for name, row in found.items()} == {"alder": 300, "birch": 0, "cedar": 100}
    assert found["birch"].change_cents == -100


def test_no_more_than_that_part_of_the_gains_is_given_back():
    # Worth 10,000, gained 1,000 in all: half of the gains.
    found = {row.company: row for row in discounts({"alder": 10_000}, {"birch": 1_000})}
    assert (found["alder"].discount_cents, found["birch"].paid_in_cents) == (500, 500)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percentage_outside_is_refused(percent):
    with pytest.raises(ValueError, match="between 0 and 100"):
        discounts({}, {}, percent)


def test_where_nobody_is_flexible_nothing_changes():
    assert [row.change_cents for row in discounts({}, {"alder": 5, "birch": -3})] == [0, 0]


@pytest.mark.parametrize("seed", range(200))
def test_the_sum_of_prices_stays_and_nobody_ends_above_alone_because_of_it(seed):
    rng = random.Random(seed)
    names = [f"c{i}" for i in range(rng.randint(1, 7))]
    gains = {name: rng.randint(-500, 5_000) for name in names}
    found = discounts({name: rng.randint(0, 3_000) for name in names}, gains, rng.randint(0, 100))
    assert sum(row.change_cents for row in found) == 0
    assert all(row.paid_in_cents <= max(0, gains[row.company]) for row in found)

import random

from cohort_opt.packs.price_caps import least_cap
from cohort_opt.problem.rates import least_size_for_price


def test_a_cap_says_a_least_class_size():
    # 9,500 + 185 a seat: a class of nine costs 185 + 1,055.55 a seat, one of ten 185 + 950. The cap for ten lies between:
    # 185 + ceil(950,000 / 9) - 1 = 18,500 + 105,556 - 1 = 124,055 cents.
    cap, exact = least_cap([(950_000, 18_500, 10, 8)])
    assert (cap, exact) == (124_055, True)
    assert least_size_for_price(950_000, 18_500, cap) == 10


def test_two_offerings_of_like_price_share_a_cap():
    cap, exact = least_cap([(950_000, 18_500, 10, 8), (960_000, 18_500, 10, 8)])
    assert exact
    assert [least_size_for_price(fixed, 18_500, cap) for fixed in (950_000, 960_000)] == [10, 10]


def test_offerings_of_unlike_price_are_held_to_the_stricter_rule():
    # The cap for ten in the cheap one asks for more than ten in the dear one; no class is too small, but the rule is not exact.
    cap, exact = least_cap([(500_000, 10_000, 10, 8), (950_000, 18_500, 10, 8)])
    assert not exact
    assert least_size_for_price(500_000, 10_000, cap) == 10
    assert least_size_for_price(950_000, 18_500, cap) >= 10


def test_no_random_cap_ever_lets_too_small_a_class_through(campaign):
    dice = random.Random(3)
    exact_ones = 0
    for _ in range(300 * campaign):
        rows = [
            (dice.randint(1, 1_500_000), dice.randint(0, 60_000), dice.randint(2, 16), dice.randint(1, 12))
            for _ in range(dice.randint(1, 3))
        ]
        rows = [(f, s, max(w, c), c) for f, s, w, c in rows]
        if all(wanted == course for _, _, wanted, course in rows):
            continue
        cap, exact = least_cap(rows)
        sizes = [least_size_for_price(fixed, seat, cap) for fixed, seat, _, _ in rows]
        for size, (_, _, wanted, course) in zip(sizes, rows, strict=True):
            assert size is None or max(size, course) >= wanted
            assert not exact or max(size, course) == wanted
        exact_ones += exact
    assert exact_ones > 50

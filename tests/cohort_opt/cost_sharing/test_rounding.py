from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_opt.cost_sharing.rounding import round_stably, round_to_cents


@given(st.integers(0, 10**8), st.lists(st.integers(1, 500), min_size=1, max_size=12))
def test_cents_add_up_and_nobody_moves_by_a_whole_cent(total, seats):
    shares = [Fraction(total * n, sum(seats)) for n in seats]
    ids = [f"c{i:02d}" for i in range(len(seats))]
    cents = round_to_cents(shares, ids)
    assert sum(cents) == total
    assert all(abs(c - s) < 1 for c, s in zip(cents, shares, strict=True))


@given(st.integers(0, 10**6), st.lists(st.integers(1, 20), min_size=2, max_size=8), st.randoms())
def test_the_order_of_companies_does_not_matter(total, seats, shuffled):
    shares = {f"c{i:02d}": Fraction(total * n, sum(seats)) for i, n in enumerate(seats)}
    plain = dict(zip(shares, round_to_cents(list(shares.values()), list(shares)), strict=True))
    order = list(shares)
    shuffled.shuffle(order)
    assert dict(zip(order, round_to_cents([shares[c] for c in order], order), strict=True)) == plain


def test_shares_that_do_not_add_up_to_cents_are_refused():
    with pytest.raises(ValueError, match="add up to 1/2"):
        round_to_cents([Fraction(1, 4), Fraction(1, 4)], ["a", "b"])


def test_the_cent_left_over_goes_where_no_group_objects():
    # 10 over three: 3 1/3 each, one cent left. Groups: {a, b} pays at most 6, everybody else is content: so c takes the cent,
    # although the largest remainder (all equal) would give it to a.
    shares = [Fraction(10, 3)] * 3
    costs = np.array([0, 9, 9, 6, 9, 9, 9, 10], dtype=np.int64)
    assert round_to_cents(shares, "abc") == (4, 3, 3)
    assert round_stably(shares, "abc", costs) == (3, 3, 4)


def test_whole_cents_stay_as_they_are():
    costs = np.zeros(8, dtype=np.int64)
    assert round_stably([Fraction(4), Fraction(3), Fraction(3)], "abc", costs) == (4, 3, 3)
